//! What is set as one: a mark, the marks of one building in a block, or several merged into a box of numbers.

use std::fmt;

use crate::geo::{Point, Rect};
use crate::vocabulary::Shape;

use super::super::frame::Sizes;
use super::super::mark::{corners, extent};
use super::super::svg::digit_width;

/// Marks in a row of a block.
const ROW_MAX: usize = 3;
/// More marks of one building than this share a box.
const BLOCK_MAX: usize = 9;
/// More numbers than this do not fit into a box; it says how many follow.
const TOKENS_MAX: usize = 12;
/// Room between marks that are no circles.
const APART_PX: f64 = 1.4;
/// Room between boxes.
const BOX_APART_PX: f64 = 2.4;
/// Numbers in a box are smaller than in a mark.
pub(in super::super) const BOX_FONT_SHARE: f64 = 0.9;
/// Height of a box's line for its font.
pub(in super::super) const BOX_LINE_SHARE: f64 = 1.22;
/// Bold digits are wider than others.
const BOLD: f64 = 1.12;
const BOX_PADDING_PX: (f64, f64) = (4.5, 3.2);
/// Room between the numbers of a line, for its font.
const TOKEN_GAP_SHARE: f64 = 0.5;
/// No target for a finger is smaller.
const TARGET_PX: f64 = 24.0;

/// One mark's part in a group.
#[derive(Clone, Debug)]
pub(in super::super) struct Member {
    /// Its place among all marks of the map.
    pub(in super::super) mark: usize,
    pub(in super::super) number: u32,
    pub(in super::super) shape: Shape,
    /// Where the thing is.
    pub(in super::super) truth: Point,
}

/// How a group is drawn.
#[derive(Clone, PartialEq, Debug)]
pub(in super::super) enum Form {
    /// One mark.
    Single,
    /// Marks side by side, each for itself.
    Block {
        /// Distance between their centres.
        pitch: f64,
    },
    /// Numbers in a frame, line by line.
    Box {
        /// The numbers as they are written; [`lines`] parts them.
        tokens: Vec<Token>,
    },
}

/// What is written of the numbers in a box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Token {
    /// One number.
    One(u32),
    /// All numbers from the first to the last.
    Range(u32, u32),
    /// So many that find no room.
    More(u32),
}

impl Token {
    fn width(self, font: f64) -> f64 {
        let digits = |number: u32| number.checked_ilog10().unwrap_or(0) + 1;
        let characters = match self {
            Self::One(number) => digits(number),
            Self::Range(first, last) => digits(first) + 1 + digits(last),
            Self::More(count) => 1 + digits(count),
        };
        f64::from(characters) * digit_width(font)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(number) => write!(f, "{number}"),
            Self::Range(first, last) => write!(f, "{first}–{last}"),
            Self::More(count) => write!(f, "+{count}"),
        }
    }
}

/// Something that is set at one place.
#[derive(Clone, Debug)]
pub(in super::super) struct Group {
    pub(in super::super) members: Vec<Member>,
    pub(in super::super) form: Form,
    /// The middle of the true places.
    pub(in super::super) centre: Point,
    /// Half of what it covers, around its own middle.
    pub(in super::super) half: Point,
    /// Where it stands.
    pub(in super::super) at: Option<Point>,
    /// How many others are near.
    pub(in super::super) crowd: usize,
    pub(super) radius: f64,
    /// How far the farthest corner of its first mark is.
    pub(super) reach: f64,
}

impl Group {
    /// The marks of one building.
    pub(in super::super) fn of_building(members: Vec<Member>, sizes: &Sizes) -> Self {
        let reach = members.iter().map(|member| extent(member.shape, sizes.radius)).fold(0.0, f64::max);
        let count = members.len();
        if count > BLOCK_MAX {
            return Self::merged(members, sizes);
        }
        let pitch = sizes.gap.max(2.0 * reach + APART_PX);
        let (columns, rows) = (count.min(ROW_MAX), count.div_ceil(ROW_MAX));
        let half = |cells: usize| (cells.max(1) - 1) as f64 / 2.0 * pitch + reach;
        let form = if count == 1 { Form::Single } else { Form::Block { pitch } };
        Self::new(members, form, (Point { x: half(columns), y: half(rows) }, sizes.radius))
    }

    /// Marks of several buildings under one frame.
    pub(in super::super) fn merged(mut members: Vec<Member>, sizes: &Sizes) -> Self {
        members.sort_by_key(|member| member.mark);
        let font = sizes.number_font * BOX_FONT_SHARE;
        let tokens = tokens(|| runs(&members, |member| member.number));
        let widest = lines(&tokens, font).map(|line| line_width(line, font)).fold(0.0, f64::max);
        let width = widest * BOLD + 2.0 * BOX_PADDING_PX.0;
        let height = lines(&tokens, font).count() as f64 * font * BOX_LINE_SHARE + 2.0 * BOX_PADDING_PX.1;
        let half = Point { x: (width / 2.0).max(TARGET_PX / 2.0), y: (height / 2.0).max(TARGET_PX / 2.0) };
        Self::new(members, Form::Box { tokens }, (half, sizes.radius))
    }

    fn new(members: Vec<Member>, form: Form, (half, radius): (Point, f64)) -> Self {
        let count = members.len().max(1) as f64;
        let sum = members.iter().fold((0.0, 0.0), |sum, member| (sum.0 + member.truth.x, sum.1 + member.truth.y));
        let centre = Point { x: sum.0 / count, y: sum.1 / count };
        let reach = members.first().map_or(0.0, |member| corner_distance(member.shape) * radius);
        Self { members, form, centre, half, at: None, crowd: 0, radius, reach }
    }

    /// The middle of its true places, and the surface that it takes with the room around it.
    pub(super) fn spot(&self) -> (Point, f64) {
        (self.centre, 4.0 * (self.half.x + 1.0) * (self.half.y + 1.0))
    }

    /// What it covers when its middle is there.
    pub(in super::super) fn cover(&self, at: Point) -> Rect {
        Rect {
            left: at.x - self.half.x,
            top: at.y - self.half.y,
            right: at.x + self.half.x,
            bottom: at.y + self.half.y,
        }
    }

    /// The point at least a radius inside that is nearest to the truth: where its leader line begins.
    pub(in super::super) fn nearest(&self, at: Point, truth: Point) -> Point {
        let Point { x, y } = self.inner();
        Point { x: truth.x.clamp(at.x - x, at.x + x), y: truth.y.clamp(at.y - y, at.y + y) }
    }

    /// Half of what lies at least a radius inside, around its own middle: nothing of a single mark.
    fn inner(&self) -> Point {
        let inner = |half: f64| if self.form == Form::Single { 0.0 } else { (half - self.radius).max(0.0) };
        Point { x: inner(self.half.x), y: inner(self.half.y) }
    }

    /// How far the truths are on the average and at most, in radii, when its middle is there.
    pub(in super::super) fn shift(&self, at: Point) -> (f64, f64) {
        let shifts = self.members.iter().map(|member| self.nearest(at, member.truth).distance(member.truth));
        let (sum, most) = shifts.fold((0.0, 0.0_f64), |(sum, most), shift| (sum + shift, most.max(shift)));
        (sum / self.members.len().max(1) as f64 / self.radius, most / self.radius)
    }

    /// No less than the average of [`Self::shift`] when its middle is so far from the middle of its truths, in pixels:
    /// the distance to a box is convex, so that of the truths' middle is at most their average (Jensen).
    pub(super) fn least_shift(&self, off: Point) -> f64 {
        let inner = self.inner();
        let (x, y) = ((off.x.abs() - inner.x).max(0.0), (off.y.abs() - inner.y).max(0.0));
        (x * x + y * y).sqrt() / self.radius
    }

    /// No less than the sum of all shifts, in radii, wherever it stands: the outermost truths are so far apart that not
    /// both can lie in it.
    pub(super) fn least_sum(&self) -> f64 {
        let truths: Vec<Point> = self.members.iter().map(|member| member.truth).collect();
        let Some(around) = Rect::around(&truths) else { return 0.0 };
        let inner = self.inner();
        let most = (around.width() - 2.0 * inner.x).max(around.height() - 2.0 * inner.y);
        (most / self.radius - 1e-9).max(0.0)
    }

    /// The average of [`Self::shift`]; `None` where the farthest is beyond the limit.
    pub(in super::super) fn mean_shift_within(&self, at: Point, limit: f64) -> Option<f64> {
        let mut sum = 0.0;
        for member in &self.members {
            let shift = self.nearest(at, member.truth).distance(member.truth);
            if shift / self.radius > limit {
                return None;
            }
            sum += shift;
        }
        Some(sum / self.members.len().max(1) as f64 / self.radius)
    }

    /// The two can only clash where their middles are nearer to each other than this, in both directions.
    pub(super) fn clash_reach(&self, other: &Self, gap: f64) -> Point {
        if self.form == Form::Single && other.form == Form::Single {
            let reach = (self.reach + other.reach + APART_PX).max(gap);
            return Point { x: reach, y: reach };
        }
        Point { x: self.half.x + other.half.x + BOX_APART_PX, y: self.half.y + other.half.y + BOX_APART_PX }
    }

    /// Its part in any [`Self::clash_reach`], at most: that of two groups is no more than the sum of theirs.
    pub(super) fn reach_max(&self, gap: f64) -> f64 {
        self.half.x.max(self.half.y).max(self.reach).max(gap / 2.0) + BOX_APART_PX
    }

    /// The two always clash where their middles are nearer to each other than this, in both directions.
    pub(super) fn clash_surely(&self, other: &Self, gap: f64) -> Point {
        if self.form == Form::Single && other.form == Form::Single {
            // The square in the circle.
            return Point { x: 0.7 * gap, y: 0.7 * gap };
        }
        self.clash_reach(other, gap)
    }

    /// True when the two would be too near to each other.
    pub(in super::super) fn clashes(&self, at: Point, other: &Self, there: Point, gap: f64) -> bool {
        let (dx, dy) = (there.x - at.x, there.y - at.y);
        if self.form == Form::Single && other.form == Form::Single {
            let wide = self.reach + other.reach + APART_PX;
            let squared = dx * dx + dy * dy;
            if squared >= wide * wide && squared >= gap * gap {
                return false;
            }
            if squared < gap * gap - 1e-6 {
                return true;
            }
            let distance = squared.sqrt();
            let (x, y) = (dx / distance, dy / distance);
            let needed = self.support(x, y) + other.support(-x, -y) + APART_PX;
            return distance < needed - 1e-6;
        }
        dx.abs() < self.half.x + other.half.x + BOX_APART_PX && dy.abs() < self.half.y + other.half.y + BOX_APART_PX
    }

    fn support(&self, x: f64, y: f64) -> f64 {
        let Some(member) = self.members.first() else { return 0.0 };
        match corners(member.shape) {
            [] => self.radius,
            corners => corners.iter().map(|(cx, cy)| cx * x + cy * y).fold(0.0, f64::max) * self.radius,
        }
    }

    /// The centres of its marks, row by row; only its own middle for a box.
    pub(in super::super) fn cells(&self, at: Point) -> Vec<Point> {
        let Form::Block { pitch } = self.form else { return vec![at] };
        let count = self.members.len();
        let rows = count.div_ceil(ROW_MAX);
        let cell = |index: usize| {
            let (row, column) = (index / ROW_MAX, index % ROW_MAX);
            let in_row = if row + 1 == rows { count - row * ROW_MAX } else { ROW_MAX };
            Point {
                x: at.x + (column as f64 - (in_row as f64 - 1.0) / 2.0) * pitch,
                y: at.y + (row as f64 - (rows as f64 - 1.0) / 2.0) * pitch,
            }
        };
        (0..count).map(cell).collect()
    }
}

/// Distance of a form's farthest corner from its middle, in radii.
fn corner_distance(shape: Shape) -> f64 {
    match shape {
        Shape::Circle => 1.0,
        Shape::Square | Shape::Diamond => 1.31,
        Shape::House | Shape::Shield | Shape::Tag => 1.35,
        Shape::Pill => 1.43,
        Shape::Slant => 1.48,
    }
}

/// First and last of the numbers that follow one another.
fn runs<T>(numbered: &[T], number: impl Fn(&T) -> u32 + Copy) -> impl Iterator<Item = (u32, u32)> {
    let runs = numbered.chunk_by(move |a, b| number(a).checked_add(1) == Some(number(b)));
    runs.filter_map(move |run| run.first().zip(run.last())).map(move |(first, last)| (number(first), number(last)))
}

/// Numbers as written in a box: three or more in sequence become one range, and what is too much becomes `+7`.
fn tokens<I: Iterator<Item = (u32, u32)>>(runs: impl Fn() -> I) -> Vec<Token> {
    let words = |(first, last): (u32, u32)| usize::from(last == first + 1) + 1;
    let whole: usize = runs().map(words).sum();
    let mut told = Vec::with_capacity(whole.min(TOKENS_MAX));
    let mut left = 0;
    for run in runs() {
        let is_told = whole <= TOKENS_MAX || (left == 0 && told.len() + words(run) < TOKENS_MAX);
        match run {
            (first, last) if !is_told => left += last - first + 1,
            (first, last) if last == first => told.push(Token::One(first)),
            (first, last) if last == first + 1 => told.extend([Token::One(first), Token::One(last)]),
            (first, last) => told.push(Token::Range(first, last)),
        }
    }
    told.extend((left > 0).then_some(Token::More(left)));
    told
}

/// Lines of about the form of a business card.
pub(in super::super) fn lines(tokens: &[Token], font: f64) -> impl Iterator<Item = &[Token]> {
    let needed = move |token: &Token| token.width(font) + font * TOKEN_GAP_SHARE;
    let total: f64 = tokens.iter().map(needed).sum();
    let wanted = (total * font * BOX_LINE_SHARE * 1.4).sqrt().max(font * 1.2);
    let mut rest = tokens;
    std::iter::from_fn(move || {
        let mut width = needed(rest.first()?);
        let fits = |token: &&Token| {
            width += needed(token);
            width <= wanted + font * 0.9
        };
        let more = rest.iter().skip(1).take_while(fits).count();
        let (line, after) = rest.split_at_checked(more + 1)?;
        rest = after;
        Some(line)
    })
}

/// How wide a line of a box is.
fn line_width(line: &[Token], font: f64) -> f64 {
    let words: f64 = line.iter().map(|token| token.width(font)).sum();
    words + line.len().saturating_sub(1) as f64 * font * TOKEN_GAP_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_sequence_become_a_range() {
        for (numbers, text) in [
            (&[12, 13, 14, 15][..], "12–15"),
            (&[3, 4, 9], "3 4 9"),
            (&[7], "7"),
            (&[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23], "1 3 5 7 9 11 13 15 17 19 21 23"),
            (&[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25], "1 3 5 7 9 11 13 15 17 19 21 +2"),
        ] {
            let told: Vec<String> = tokens(|| runs(numbers, |number| *number)).iter().map(Token::to_string).collect();
            assert_eq!(told.join(" "), text);
        }
    }
}
