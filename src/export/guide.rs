//! The first sheet, which says how to fill in the others, and the notes on the headings.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::Purpose;
use super::sheet::{A4, width};
use crate::facility::Column;

/// The heading above the day of the last confirmation; not read back.
pub(crate) const LAST_TIME: &str = "前回の確認日";

const KEEP: [&str; 9] = [
    "種別ごとに、シートが分かれています。直したい欄を書きかえて、保存して、お送りください。",
    "灰色の欄（ID）は、施設を見分ける番号です。書きかえられません。",
    "新しい施設は、いちばん下の空いた行に書いてください。IDは空けておけば、こちらで付けます。",
    "なくなった施設は、行を消さずに「廃止日」を入れてください。その日にサイトから外れます。",
    "しばらく休む施設は「掲載状態」を「休止中」に、載せたくない施設は「掲載を望まない」にしてください。",
    "「対応内容」は「;」で区切ります。できないことは前に「!」、相談してほしいことは前に「?」を付けます（例　訪問診療;?往診;!人工呼吸器）。",
    "電話番号は市外局番から、1つだけ書いてください。日付は 2026-04-01 でも 令和8年4月1日 でもかまいません。",
    "分からない欄は、空けたままで大丈夫です。「×」や「なし」は書かないでください。",
    "見出しの右上の赤い印に合わせると、その列の書き方が出ます。列の並べかえや、シートの名前の変更はしてもかまいません。",
];

const CONFIRM: [&str; 7] = [
    "年に一度の確認のお願いです。載せている内容が今も正しいか、1行ずつ見てください。",
    "正しければ、黄色の「最終確認日」に、確かめた日を書いてください。それで終わりです。",
    "ちがう所があれば、その欄を直してから、確かめた日を書いてください。",
    "灰色の欄（ID、前回の確認日）は、書きかえられません。",
    "なくなった施設は、行を消さずに「廃止日」を入れてください。載せたくない施設は「掲載状態」を「掲載を望まない」にしてください。",
    "確かめられなかった施設は、「最終確認日」を空けておいてください。前回の日付がそのまま残ります。",
    "保存して、このファイルのままお送りください。名前は変えてもかまいません。",
];

/// So many half-width letters of this size fit on a line of the sheet.
const LINE_WIDTH: usize = 84;
/// Points from one line to the next, with a little air.
const LINE_HEIGHT: f64 = 19.0;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, title: &str, purpose: Purpose) -> Result<(), XlsxError> {
    sheet.set_name("記入のしかた")?;
    let (what, lines): (&str, &[&str]) = match purpose {
        Purpose::Keep => ("施設の一覧", &KEEP),
        Purpose::Confirm => ("年に一度の確認票", &CONFIRM),
    };
    let large = Format::new().set_bold().set_font_size(16);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_size(12);
    let heading = if title == what { what.to_owned() } else { format!("{title}　{what}") };
    sheet.write_string_with_format(0, 0, heading, &large)?;
    for (row, line) in (2u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, *line, &body)?;
        let lines = u32::try_from(width(line).div_ceil(LINE_WIDTH)).unwrap_or(1).max(1);
        sheet.set_row_height(row, f64::from(lines) * LINE_HEIGHT)?;
    }
    sheet.set_column_width(0, 72)?;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How a column is filled in.
pub(super) fn remark(column: Column) -> Option<&'static str> {
    Some(match column {
        Column::Id => "施設を見分ける番号です。書きかえないでください。新しい施設は空けておいてください。",
        Column::Category => "右の矢印から選んでください。",
        Column::Name => "看板や届出のとおりの名前。「（休止中）」などは書かず、掲載状態で選んでください。",
        Column::NameKana => "名前の読み。全角カタカナで。",
        Column::Address => "市の名前から番地まで。建物の名前と階は「方書」に。",
        Column::Lat | Column::Lon => "世界測地系の度（例　34.3428 と 134.0466）。分からなければ空けてください。",
        Column::Area => "右の矢印から選んでください。緯度と経度があれば、空けてかまいません。",
        Column::Serves => "訪問する圏域を「;」で区切って。市内のどこへでも行くなら all。",
        Column::Phone => "市外局番から、1つだけ（例　087-839-2346）。",
        Column::Url => "https:// から始まるアドレス。",
        Column::Hours => {
            "Mo-Fr 09:00-12:00,14:00-18:00; Sa 09:00-12:00; PH off のように。書けないときは「診療時間備考」に言葉で。"
        }
        Column::Services => "「;」で区切ります。できないことは「!」、要相談は「?」を前に（例　訪問診療;?往診）。",
        Column::Status => "掲載中、休止中、掲載を望まない、から選んでください。",
        Column::Accepts => "新しい方の受け入れについて、言葉で（例　月3人まで）。",
        Column::Source => "この行に責任をもつ団体の名前。",
        Column::VerifiedOn => "内容が正しいと確かめた日（例　2026-04-01、令和8年4月1日）。",
        Column::ClosedOn => "なくなった日。この日からサイトに載りません。",
        _ => return None,
    })
}
