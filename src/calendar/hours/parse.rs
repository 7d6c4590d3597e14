//! From tokens to rules: one function for each part of the grammar.

use jiff::civil::{Date, Weekday};

use super::lex::{Placed, Token, problem, tokens};
use super::rule::{DateRange, Days, MONTHS, MonthDay, Nth, Rule, State, TimeSpan, WEEKDAYS, WeekdayRange};
use super::{HoursProblem, HoursProblemKind as Kind};

/// All rules of a text.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, HoursProblem> {
    let mut reader = Reader { tokens: tokens(text)?, at: 0, end: text.len() };
    if reader.tokens.is_empty() {
        return Err(problem(0..text.len(), Kind::Empty));
    }
    let mut rules: Vec<Rule> = Vec::new();
    let mut adds = false;
    loop {
        let start = reader.at;
        let rule = reader.rule(adds)?;
        reader.check_holidays(start, &rules, &rule)?;
        rules.push(rule);
        adds = match reader.next() {
            None => return Ok(rules),
            Some(Token::Sign(';')) if reader.peek().is_none() => return Ok(rules),
            Some(Token::Sign(';')) => false,
            Some(Token::Sign(',')) => true,
            Some(_) => {
                reader.at -= 1;
                return Err(reader.stray());
            }
        };
    }
}

struct Reader {
    tokens: Vec<Placed>,
    at: usize,
    end: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead).map(|placed| &placed.token)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn word(&self, ahead: usize) -> Option<&str> {
        match self.peek_at(ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The problem at the token `start` up to the present one (at least one token).
    fn wrong(&self, start: usize, kind: Kind) -> HoursProblem {
        let last = self.at.max(start + 1) - 1;
        let from = self.tokens.get(start).map_or(self.end, |placed| placed.range.start);
        let to = self.tokens.get(last).map_or(self.end, |placed| placed.range.end);
        problem(from..to.max(from), kind)
    }

    /// A token that has no place here, by what it probably is.
    fn stray(&self) -> HoursProblem {
        let kind = match self.peek() {
            Some(Token::Sign('|')) => Kind::Fallback,
            Some(Token::Sign('+')) => Kind::OpenEnded,
            Some(Token::Sign('/')) => Kind::NotSupported,
            Some(Token::Number(..)) => Kind::BadTime,
            Some(Token::Word(word)) => match word.as_str() {
                "sh" => Kind::SchoolHolidays,
                "sunrise" | "sunset" | "dawn" | "dusk" => Kind::SunTimes,
                "easter" | "week" | "unknown" | "day" | "days" => Kind::NotSupported,
                _ => Kind::UnknownWord,
            },
            _ => Kind::UnknownWord,
        };
        self.wrong(self.at, kind)
    }

    fn rule(&mut self, adds: bool) -> Result<Rule, HoursProblem> {
        let start = self.at;
        if let (Some(Token::Number(24, 2)), Some(Token::Sign('/')), Some(Token::Number(7, 1))) =
            (self.peek(), self.peek_at(1), self.peek_at(2))
        {
            self.at += 3;
            let (state, comment) = self.state()?;
            let state = state.unwrap_or(State::Open);
            let times = if state == State::Off { Vec::new() } else { vec![TimeSpan::WHOLE_DAY] };
            return Ok(Rule { adds, days: Days::default(), times, state, comment });
        }
        let days = self.days()?;
        if adds && days.every() {
            return Err(self.stray());
        }
        let times = self.times()?;
        let (state, comment) = self.state()?;
        let state = match (state, times.is_empty(), &comment) {
            (Some(State::Off), ..) => State::Off,
            (_, false, _) => State::Open,
            // `Mo "by appointment"`, `open "by appointment"`: the comment says it all.
            (_, true, Some(_)) => State::Ask,
            (_, true, None) if self.at == start => return Err(self.stray()),
            (_, true, None) if self.peek().is_none_or(|token| matches!(token, Token::Sign(';' | ','))) => {
                return Err(self.wrong(start, Kind::MissingTimes));
            }
            (_, true, None) => return Err(self.stray()),
        };
        Ok(Rule { adds, days, times, state, comment })
    }

    /// `off "…"`, `open`, `"…"`.
    fn state(&mut self) -> Result<(Option<State>, Option<String>), HoursProblem> {
        let state = match self.word(0) {
            Some("off" | "closed") => Some(State::Off),
            Some("open") => Some(State::Open),
            _ => None,
        };
        self.at += usize::from(state.is_some());
        let start = self.at;
        match self.peek().cloned() {
            Some(Token::Comment(comment)) => {
                self.at += 1;
                if comment.is_empty() { Err(self.wrong(start, Kind::Empty)) } else { Ok((state, Some(comment))) }
            }
            _ => Ok((state, None)),
        }
    }

    fn days(&mut self) -> Result<Days, HoursProblem> {
        let mut days = Days::default();
        while self.starts_date() {
            self.dates(&mut days.dates)?;
            if !(self.peek() == Some(&Token::Sign(',')) && self.date_follows()) {
                break;
            }
            self.at += 1;
        }
        self.colon(&days);
        while let Some(word) = self.word(0) {
            if word == "ph" {
                self.at += 1;
                days.holidays = true;
                if matches!(self.peek(), Some(Token::Sign('+' | '-'))) || self.weekday(0).is_some() {
                    return Err(self.wrong(self.at, Kind::NotSupported));
                }
            } else if self.weekday(0).is_some() {
                let range = self.weekdays()?;
                days.weekdays.push(range);
            } else {
                break;
            }
            let more = self.peek() == Some(&Token::Sign(','))
                && (self.weekday(1).is_some() || self.word(1) == Some("ph") || self.word(1) == Some("sh"));
            if !more {
                break;
            }
            self.at += 1;
            if self.word(0) == Some("sh") {
                return Err(self.stray());
            }
        }
        self.colon(&days);
        Ok(days)
    }

    /// An optional colon after days, but not that of a time.
    fn colon(&mut self, days: &Days) {
        if !days.every() {
            self.eat(':');
        }
    }

    fn weekday(&self, ahead: usize) -> Option<Weekday> {
        let word = self.word(ahead)?;
        WEEKDAYS.iter().find(|(code, _)| code.eq_ignore_ascii_case(word)).map(|(_, weekday)| *weekday)
    }

    fn weekdays(&mut self) -> Result<WeekdayRange, HoursProblem> {
        let start = self.at;
        let first = self.weekday(0).ok_or_else(|| self.stray())?;
        self.at += 1;
        let mut range = WeekdayRange { first, last: first, nth: Vec::new() };
        if self.eat('-') {
            range.last = self.weekday(0).ok_or_else(|| self.stray())?;
            self.at += 1;
        }
        if self.eat('[') {
            if range.first != range.last {
                return Err(self.wrong(start, Kind::BadNth));
            }
            range.nth = self.nth()?;
        }
        Ok(range)
    }

    /// `1,3]`, `1-2]`, `-1]`.
    fn nth(&mut self) -> Result<Vec<Nth>, HoursProblem> {
        let mut found: Vec<Nth> = Vec::new();
        loop {
            let start = self.at;
            let negative = self.eat('-');
            let number = |token: Option<Token>| match token {
                Some(Token::Number(value @ 1..=5, _)) => i8::try_from(value).ok(),
                _ => None,
            };
            let Some(first) = number(self.next()) else { return Err(self.wrong(start, Kind::BadNth)) };
            let mut last = first;
            if !negative && self.eat('-') {
                last = number(self.next()).filter(|last| *last > first).unwrap_or(0);
            }
            if last == 0 {
                return Err(self.wrong(start, Kind::BadNth));
            }
            found.extend((first..=last).map(|value| Nth(if negative { -value } else { value })));
            match self.next() {
                Some(Token::Sign(']')) => break,
                Some(Token::Sign(',')) => {}
                _ => return Err(self.wrong(start, Kind::BadNth)),
            }
        }
        found.sort_by_key(|nth| (nth.0 < 0, nth.0.abs()));
        found.dedup();
        Ok(found)
    }

    fn month(&self, ahead: usize) -> Option<i8> {
        let word = self.word(ahead)?;
        let index = MONTHS.iter().position(|code| code.eq_ignore_ascii_case(word))?;
        i8::try_from(index + 1).ok()
    }

    fn is_year(&self, ahead: usize) -> bool {
        matches!(self.peek_at(ahead), Some(Token::Number(_, 4))) && self.month(ahead + 1).is_some()
    }

    fn starts_date(&self) -> bool {
        self.month(0).is_some() || self.is_year(0)
    }

    fn date_follows(&self) -> bool {
        self.month(1).is_some() || self.is_year(1)
    }

    fn year(&mut self) -> Option<i16> {
        match self.peek() {
            Some(Token::Number(value, 4)) => {
                let year = i16::try_from(*value).ok();
                self.at += 1;
                year
            }
            _ => None,
        }
    }

    /// A day of the month: one or two digits that are not the hour of a time.
    fn day(&mut self) -> Option<i8> {
        match (self.peek(), self.peek_at(1)) {
            (Some(Token::Number(..)), Some(Token::Sign(':')))
                if matches!(self.peek_at(2), Some(Token::Number(_, 2))) =>
            {
                None
            }
            (Some(Token::Number(value, 1 | 2)), _) => {
                let day = i8::try_from(*value).ok();
                self.at += 1;
                day
            }
            _ => None,
        }
    }

    /// `Jan`, `Jan-Mar`, `Dec 29-Jan 3`, `Aug 13-15`, `2026 May 1-2026 May 6`, and `Jan 1,5` as two ranges.
    fn dates(&mut self, into: &mut Vec<DateRange>) -> Result<(), HoursProblem> {
        let start = self.at;
        let range = self.date_range()?;
        let valid = [(range.first_year, range.first), (range.last_year.or(range.first_year), range.last)]
            .into_iter()
            .all(|(year, at)| at.day.is_none_or(|day| Date::new(year.unwrap_or(2024), at.month, day).is_ok()));
        let ordered = match (range.first_year, range.last_year) {
            (Some(first), Some(last)) => (first, range.first) <= (last, range.last),
            (None, Some(_)) => false,
            _ => true,
        };
        if !valid || !ordered || range.first.day.is_some() != range.last.day.is_some() {
            return Err(self.wrong(start, Kind::BadDate));
        }
        into.push(range);
        Ok(())
    }

    fn date_range(&mut self) -> Result<DateRange, HoursProblem> {
        let start = self.at;
        let first_year = self.year();
        let month = self.month(0).ok_or_else(|| self.wrong(start, Kind::BadDate))?;
        self.at += 1;
        let first = MonthDay { month, day: self.day() };
        let mut range = DateRange { first_year, first, last_year: None, last: first };
        if !self.eat('-') {
            return Ok(range);
        }
        range.last_year = if self.is_year(0) { self.year() } else { None };
        if let Some(month) = self.month(0) {
            self.at += 1;
            range.last = MonthDay { month, day: self.day() };
        } else if first.day.is_some() {
            let day = self.day().filter(|day| Some(*day) > first.day);
            range.last = MonthDay { month, day: Some(day.ok_or_else(|| self.wrong(start, Kind::BadDate))?) };
        } else {
            return Err(self.wrong(start, Kind::BadDate));
        }
        Ok(range)
    }

    fn times(&mut self) -> Result<Vec<TimeSpan>, HoursProblem> {
        let start = self.at;
        let mut spans: Vec<TimeSpan> = Vec::new();
        while matches!(self.peek(), Some(Token::Number(..))) {
            spans.push(self.span()?);
            if !(self.peek() == Some(&Token::Sign(',')) && matches!(self.peek_at(1), Some(Token::Number(..)))) {
                break;
            }
            if self.is_year(1) {
                break;
            }
            self.at += 1;
        }
        spans.sort_unstable();
        let overlap = spans.windows(2).any(|pair| matches!(pair, [before, after] if after.start < before.end));
        if overlap { Err(self.wrong(start, Kind::OverlappingTimes)) } else { Ok(spans) }
    }

    fn span(&mut self) -> Result<TimeSpan, HoursProblem> {
        let at = self.at;
        let start = self.clock(23)?;
        if self.peek() == Some(&Token::Sign('+')) {
            self.at += 1;
            return Err(self.wrong(at, Kind::OpenEnded));
        }
        if !self.eat('-') {
            return Err(self.wrong(at, Kind::BadTime));
        }
        let mut end = self.clock(48)?;
        match self.peek() {
            Some(Token::Sign('+')) => return Err(self.wrong(at, Kind::OpenEnded)),
            Some(Token::Sign('/')) => return Err(self.stray()),
            _ => {}
        }
        if end == start {
            return Err(self.wrong(at, Kind::EmptySpan));
        }
        if end < start {
            end += 1440;
        }
        if end - start > 1440 {
            return Err(self.wrong(at, Kind::EmptySpan));
        }
        Ok(TimeSpan { start, end })
    }

    /// `9:00`, `09:00`, up to `48:00` for an end.
    fn clock(&mut self, last_hour: u16) -> Result<u16, HoursProblem> {
        let start = self.at;
        let (hours, sign, minutes) = (self.next(), self.next(), self.next());
        match (hours, sign, minutes) {
            (Some(Token::Number(hours, 1 | 2)), Some(Token::Sign(':')), Some(Token::Number(minutes @ 0..60, 2)))
                if hours <= last_hour && (hours < 48 || minutes == 0) =>
            {
                Ok(hours * 60 + minutes)
            }
            (Some(Token::Word(_)), ..) => {
                self.at = start;
                Err(self.stray())
            }
            _ => {
                self.at = (start + 1).min(self.tokens.len());
                Err(self.wrong(start, Kind::BadTime))
            }
        }
    }

    /// `PH off; Mo-Fr 09:00-17:00` opens on holidays, because the later rule wins: hardly ever what is meant.
    fn check_holidays(&self, start: usize, earlier: &[Rule], rule: &Rule) -> Result<(), HoursProblem> {
        let overridden = !rule.adds
            && !rule.days.holidays
            && rule.days.weekly()
            && rule.state != State::Off
            && earlier.iter().any(|before| before.days.holidays && before.days.weekdays.is_empty());
        if overridden { Err(self.wrong(start, Kind::HolidayOverridden)) } else { Ok(()) }
    }
}
