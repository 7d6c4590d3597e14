//! Views that every page uses: the head, links, dates, pictures, maps, telephone numbers.

use super::Kept;

super::views! {
    /// What every page has: its head, its place in the site, its last lines.
    PageView {
        /// The kind of page, in lower case: `home`, `area`, `facility`, `story`, … (a class of `body`).
        kind: String,
        /// Language code of the page, `ja` or `en`.
        lang: String,
        /// The title without ruby or tags.
        title: String,
        /// The title as HTML, with ruby.
        title_html: String,
        /// The whole text of `<title>`: page ｜ area ｜ site.
        head_title: String,
        /// One or two sentences for search engines and feeds; may be empty.
        description: String,
        /// This page's own address, ready for `href`.
        href: String,
        /// The canonical absolute address.
        url: String,
        /// The `id` of the navigation link this page belongs to, or empty.
        section: String,
        /// The way here from the home page, without this page.
        breadcrumb: Vec<Kept<Link>>,
        /// Every language of the site with the address of this page in it.
        languages: Vec<LanguageView>,
        /// The same list in the site's first language, where more stands in it than here; `none` where nothing more does.
        elsewhere: Option<Link>,
        /// Absolute address of a picture for social networks.
        image_url: Option<String>,
        /// True for pages that search engines should leave out.
        noindex: bool,
        /// Structured data, ready to stand in a `script` element.
        json_ld: Option<String>,
        /// Atom feeds that concern this page.
        feeds: Vec<Kept<Link>>,
        /// True where the card for a sudden change belongs on the page.
        emergency: bool,
        /// When the content was last confirmed.
        review: Option<ReviewView>,
        /// How a reader can suggest a correction.
        correction: Option<CorrectionView>,
        /// The address that stands on the printed page: `url`, or the page that a page for paper was made from.
        paper_url: String,
        /// A QR code of `paper_url` as inline SVG for the printed page; empty where there is none.
        qr_html: String,
        /// A sentence over the page in previews (a future instant, drafts); never on the public site.
        banner: Option<String>,
    }

    /// A link with plain text.
    Link {
        /// The text.
        label: String,
        /// The address.
        href: String,
    }

    /// A link with a number and a sentence.
    CountLink {
        /// The text.
        label: String,
        /// The address.
        href: String,
        /// How many things are behind it.
        count: usize,
        /// One sentence; may be empty.
        description: String,
        /// The mark of the map legend as inline SVG; empty where there is none.
        mark_html: String,
    }

    /// A language of the site, seen from one page.
    LanguageView {
        /// Language code.
        code: String,
        /// The language's own name.
        name: String,
        /// The same page in it, or its home page where there is no translation.
        href: String,
        /// Absolute address of the same page in it; empty where there is no translation.
        url: String,
        /// What its home page is called in the language itself: where the link leads when there is no translation.
        home: String,
        /// True when this page exists in the language.
        translated: bool,
        /// True for the language of this page.
        current: bool,
    }

    /// A calendar day.
    DateView {
        /// `2026-04-01`, or with the time `2026-06-01T09:00:00+09:00`, for `<time datetime>`.
        iso: String,
        /// At length: 令和8年4月1日（2026年）（水）.
        long: String,
        /// Briefly: 令和8年4月1日.
        short: String,
    }

    /// A picture in several widths.
    ImageView {
        /// Address of the fallback at middle width.
        src: String,
        /// `srcset` of the fallback format.
        srcset: String,
        /// `srcset` in WebP; empty where there is none.
        webp_srcset: String,
        /// Width in pixels of `src`.
        width: u32,
        /// Height in pixels of `src`.
        height: u32,
        /// Alternative text; empty for decoration.
        alt: String,
    }

    /// A drawn map.
    MapView {
        /// The inline SVG, with its own title and description.
        svg_html: String,
        /// Enlarged parts of it, where marks stand close together; to be shown below it, in this order.
        insets: Vec<InsetView>,
        /// Heading of the figure.
        title: String,
        /// A paragraph that says what the map shows: how many of which kind, and where most lie.
        summary: String,
        /// The kinds of marks on it.
        legend: Vec<LegendEntry>,
        /// Sources of the map's data.
        attribution: String,
        /// True where a script may offer zoom and filters.
        tools: bool,
        /// Address of the map as a file for newsletters; empty where there is none.
        svg_href: String,
    }

    /// An enlarged part of a map.
    InsetView {
        /// What it is called: 拡大図1.
        title: String,
        /// The inline SVG, with its own title and description.
        svg_html: String,
    }

    /// A line of a map's legend.
    LegendEntry {
        /// Identifier of the category.
        id: String,
        /// The mark as inline SVG.
        mark_html: String,
        /// What it stands for.
        label: String,
    }

    /// A telephone number.
    PhoneView {
        /// As people write it: 0120-000-000.
        display: String,
        /// `tel:` address.
        href: String,
        /// What was written beside it: an extension, the hours or the desk that it rings at; may be empty.
        note: String,
    }

    /// When content was last confirmed, and by whom.
    ReviewView {
        /// The day.
        date: Kept<DateView>,
        /// Who confirmed it.
        by: Option<String>,
        /// The next planned confirmation.
        next: Option<Kept<DateView>>,
        /// True when the last confirmation is longer ago than the site allows.
        stale: bool,
    }

    /// Ways to suggest a correction.
    CorrectionView {
        /// The source in the repository's web editor.
        edit_href: Option<String>,
        /// A form in the repository.
        form_href: Option<String>,
        /// A `mailto:` address with a subject, for those without an account.
        email_href: Option<String>,
    }
}
