//! The paper as one HTML file: to read, to print on A4, to bring to a meeting. It needs nothing beside itself.

use super::{Block, Paper, Section, Table};
use crate::diag::Language;
use crate::markdown::escape;

const STYLE: &str = include_str!("report.css");

/// The whole paper.
#[must_use]
pub fn page(paper: &Paper) -> String {
    let lang = if paper.language == Language::Ja { "ja" } else { "en" };
    let style = STYLE.replace("%MARK%", if paper.language == Language::Ja { "庁内資料" } else { "Internal" });
    let (title, subtitle, mark) = (escape(&paper.title), escape(&paper.subtitle), escape(&paper.mark));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex, nofollow\">\n<title>{title}｜{mark}</title>\n<style>\n{style}</style>\n\
         </head>\n<body>\n<p class=\"mark\">{mark}</p>\n<header>\n<h1>{title}</h1>\n<p>{subtitle}</p>\n</header>\n<main>\n"
    );
    out.push_str("<ul class=\"glance\">\n");
    for glance in &paper.glance {
        let class = if glance.alarm { " class=\"alarm\"" } else { "" };
        let (number, label) = (escape(&glance.number), escape(&glance.label));
        out.push_str(&format!("<li{class}><b>{number}</b> <span>{label}</span></li>\n"));
    }
    out.push_str("</ul>\n");
    for (at, section) in paper.sections.iter().enumerate() {
        section_html(paper, section, at + 1, &mut out);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section_html(paper: &Paper, section: &Section, number: usize, out: &mut String) {
    let (title, lead) = (escape(&section.title), escape(&section.lead));
    out.push_str(&format!("<section>\n<h2><span>{number}</span>{title}</h2>\n<p class=\"lead\">{lead}</p>\n"));
    for block in &section.blocks {
        if let Block::Gaps(gaps) = block {
            gaps_html(paper.language, gaps, out);
        }
    }
    let mut drawing = false;
    for block in &section.blocks {
        if let Block::Chart { svg, title, legend } = block {
            if !drawing {
                out.push_str("<div class=\"charts\">\n");
                drawing = true;
            }
            chart_html(svg, title, legend, out);
        }
    }
    if drawing {
        out.push_str("</div>\n");
    }
    for block in &section.blocks {
        if let Block::Table(table) = block {
            table_html(table, out);
        }
    }
    out.push_str("</section>\n");
}

fn gaps_html(language: Language, gaps: &[String], out: &mut String) {
    let (heading, nothing) = match language {
        Language::Ja => ("気づき", "とくにありません。"),
        Language::En => ("Points to look at", "None."),
    };
    out.push_str(&format!("<div class=\"gaps\">\n<h3>{heading}</h3>\n"));
    if gaps.is_empty() {
        out.push_str(&format!("<p>{nothing}</p>\n"));
    } else {
        out.push_str("<ul>\n");
        for gap in gaps {
            out.push_str(&format!("<li>{}</li>\n", escape(gap)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</div>\n");
}

fn chart_html(svg: &str, title: &str, legend: &[(String, String)], out: &mut String) {
    out.push_str(&format!("<figure>\n<figcaption>{}</figcaption>\n{svg}\n", escape(title)));
    if !legend.is_empty() {
        out.push_str("<ul class=\"legend\">");
        for (mark, label) in legend {
            out.push_str(&format!("<li>{mark}{}</li>", escape(label)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</figure>\n");
}

fn table_html(table: &Table, out: &mut String) {
    out.push_str(&format!("<table>\n<caption>{}</caption>\n<thead><tr>", escape(&table.caption)));
    for column in &table.columns {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escape(column)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (label, cells) in &table.rows {
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", escape(label)));
        for cell in cells {
            let number = cell.text.chars().all(|c| c.is_ascii_digit() || "（+）,.%／－".contains(c));
            let class = match (cell.gap, number) {
                (true, true) => " class=\"gap number\"",
                (true, false) => " class=\"gap\"",
                (false, true) => " class=\"number\"",
                (false, false) => "",
            };
            out.push_str(&format!("<td{class}>{}</td>", escape(&cell.text)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}
