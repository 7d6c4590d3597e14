//! A daily-living area: in lists, and its own page.

use super::{CountLink, EventCard, FacilityGroup, Kept, Link, MapView};

super::views! {
    /// An area in a list.
    AreaCard {
        /// Its id.
        id: String,
        /// Its number on the map of all areas; `none` when it has no polygon.
        number: Option<u32>,
        /// Its name.
        name: String,
        /// Its reading in kana; may be empty.
        kana: String,
        /// Its page.
        href: String,
        /// The towns that belong to it; may be empty.
        members: String,
        /// How many facilities stand in it.
        count: usize,
    }

    /// The areas of one municipality.
    AreaGroup {
        /// Name of the municipality; empty where the site has only one.
        title: String,
        /// Its areas.
        areas: Vec<AreaCard>,
    }

    /// An area's own page.
    AreaView {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Its reading in kana; may be empty.
        kana: String,
        /// The towns that belong to it; may be empty.
        members: String,
        /// Population and other figures, newest year.
        figures: Vec<FigureRow>,
        /// The map with the same numbers as the list.
        map: Option<MapView>,
        /// The page with map and list for paper.
        print_href: String,
        /// How many facilities stand in the area.
        count: usize,
        /// How many come from elsewhere.
        visiting_count: usize,
        /// The first desk: community support centres for this area, each as `parts/entry.html` shows it; may be empty.
        support_centers_html: String,
        /// Facilities that stand in the area, by category.
        groups: Vec<FacilityGroup>,
        /// Facilities from elsewhere that visit this area, by category.
        visiting: Vec<FacilityGroup>,
        /// Coming events.
        events: Vec<EventCard>,
        /// Stories from here, each as `parts/card.html` shows it; may be empty.
        stories_html: String,
        /// News and guides for this area, each as `parts/card.html` shows it; may be empty.
        articles_html: String,
        /// Pages by category, for the whole site.
        categories: Vec<CountLink>,
        /// All areas, to change over.
        others: Vec<Kept<Link>>,
        /// Address of the area's calendar file; empty without events.
        ics_href: String,
        /// Address of the area's feed; empty where there is none.
        feed_href: String,
    }

    /// A figure with its year.
    FigureRow {
        /// What it is.
        label: String,
        /// The value with its unit.
        value: String,
        /// The year it stands for.
        year: String,
    }

    /// An area's map and list on paper.
    AreaPrintView {
        /// Its name.
        name: String,
        /// The page for the screen.
        href: String,
        /// The sheet as inline SVG, with legend and credit; empty where the area has no outline.
        sheet_html: String,
        /// What stands in the area, by category.
        groups: Vec<PrintGroup>,
    }

    /// The facilities of a category on paper.
    PrintGroup {
        /// The category's name.
        title: String,
        /// Its mark as inline SVG.
        mark_html: String,
        /// Its facilities.
        rows: Vec<PrintRow>,
    }

    /// A facility on paper.
    PrintRow {
        /// The anchor that marks of the map lead to.
        anchor: String,
        /// Its number on the map; `none` when it is not on it.
        number: Option<u32>,
        /// The cell of the sheet in which its mark stands; empty when it is not on it.
        cell: String,
        /// Its name.
        name: String,
        /// Its address; may be empty.
        address: String,
        /// Its number as people write it; may be empty.
        phone: String,
        /// True while it takes nobody.
        paused: bool,
    }
}
