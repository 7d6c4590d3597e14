//! Shortcodes in articles: one view a template of `shortcodes/`.

use super::{ChartView, EventCard, FacilityEntry, ImageView, Kept, Link, MapView};

super::views! {
    /// `::: figure`.
    FigureShortcode {
        /// The picture.
        image: Option<ImageView>,
        /// What stands below it, as HTML; may be empty.
        caption_html: String,
    }

    /// `::: chart`.
    ChartShortcode {
        /// The drawing with its table.
        chart: ChartView,
        /// The page of the figure, with its definition.
        more: Kept<Link>,
        /// Who counted; may be empty.
        source: String,
        /// The rule for small numbers, where one is hidden.
        hidden_note: String,
    }

    /// `::: quote`.
    QuoteShortcode {
        /// What was said.
        body_html: String,
        /// Who said it; may be empty.
        who: String,
    }

    /// `::: callout`.
    CalloutShortcode {
        /// `note`, `tip`, `important`, `warning`, `emergency`.
        kind: String,
        /// Its title; never empty.
        title: String,
        /// The text.
        body_html: String,
    }

    /// `::: video`.
    VideoShortcode {
        /// Its title; may be empty.
        title: String,
        /// Address of the film on this site; empty where it stands elsewhere.
        src: String,
        /// Address of the film elsewhere; empty where it stands on this site.
        url: String,
        /// The picture before it starts.
        poster: Option<ImageView>,
        /// The transcript.
        transcript_html: String,
    }

    /// `::: manga`.
    MangaShortcode {
        /// Its title; may be empty.
        title: String,
        /// Its pages.
        pages: Vec<MangaPage>,
    }

    /// A page of a manga.
    MangaPage {
        /// From 1.
        number: usize,
        /// The picture as HTML.
        image_html: String,
        /// Its words as HTML.
        words_html: String,
    }

    /// `::: facility`.
    FacilityShortcode {
        /// The facility.
        entry: FacilityEntry,
        /// The level of the heading that is its name: 0, no heading.
        level: u8,
    }

    /// `::: event`.
    EventShortcode {
        /// The event.
        event: EventCard,
    }

    /// `::: map`.
    MapShortcode {
        /// The map.
        map: Option<MapView>,
        /// The area's page, which has the list.
        area: Kept<Link>,
    }

    /// `::: qr`.
    QrShortcode {
        /// The code as inline SVG.
        svg_html: String,
        /// The address in it.
        url: String,
        /// What it leads to; may be empty.
        label: String,
    }
}
