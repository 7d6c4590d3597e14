//! Made-up views: the list of figures, and one figure.

use super::example::{CIRCLE, link, page, s};
use sumika::render::view::{
    ChangeView, ChartView, FigureCard, FigureGroup, FigurePage, FigureSection, FigureView, FiguresPage, LegendEntry,
    TableRow, TableView,
};

fn chart() -> ChartView {
    let svg = r##"<svg class="chart-svg" viewBox="0 0 360 60" width="360" height="60" role="img" aria-labelledby="c-1-t c-1-d"><title id="c-1-t">訪問看護師の移り変わり</title><desc id="c-1-d">41人から58人</desc><g aria-hidden="true"><rect x="0" y="20" width="200" height="20" fill="#00224e"/></g></svg>"##;
    ChartView {
        svg_html: s(svg),
        title: s("訪問看護師の移り変わり"),
        summary: s("2021年度は41人、2025年度は58人です。"),
        legend: vec![LegendEntry { id: s(""), mark_html: s(CIRCLE), label: s("自宅") }],
        table: Some(table()),
    }
}

fn table() -> TableView {
    TableView {
        caption: s("訪問看護師（単位：人）"),
        corner: s("年度"),
        columns: vec![s("全体"), s("青葉圏域")],
        rows: vec![TableRow { label: s("2025年度"), cells: vec![s("58"), s("＊")] }],
    }
}

pub(crate) fn figures(lang: &str) -> FiguresPage {
    let card =
        FigureCard {
            title: s("訪問看護師の人数"), href: s("/figures/nurses/"), value: s("58人"), year: s("2025年度")
        };
    FiguresPage {
        page: page(lang, "figures", "/figures/", "数字で見る"),
        groups: vec![FigureGroup { title: s("体制"), lead: s("支える側の数です。"), items: vec![card] }],
        data_href: s("/data/figures.csv"),
    }
}

pub(crate) fn figure(lang: &str) -> FigurePage {
    let changes = vec![ChangeView { year: s("2025年度"), text: s("新しいステーションが開いたため") }];
    FigurePage {
        page: page(lang, "figure", "/figures/nurses/", "訪問看護師の人数"),
        figure: FigureView {
            id: s("nurses"),
            kind: s("体制の数"),
            notice: s("目標にはしません。"),
            charts: vec![chart()],
            changes: changes.clone(),
            sections: vec![FigureSection {
                anchor: s("place"),
                title: s("どこで過ごしたいですか"),
                charts: Vec::new(),
                tables: vec![table()],
                changes,
            }],
            definition: s("市内で働く訪問看護師の数"),
            unit: s("人"),
            source: s("訪問看護連絡会"),
            why: s("夜も休日も続けるには、人数の支えが要るため"),
            dated: s("2025年度"),
            hidden_note: s("「＊」は伏せている数です。"),
            goals: vec![link("2026年度　夜も電話に出るところを増やす", "/plan/2026/")],
            data_href: s("/data/figures.csv"),
            others: vec![link("訪問診療の回数", "/figures/visits/")],
        },
    }
}
