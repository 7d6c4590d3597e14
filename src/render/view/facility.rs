//! A facility: as a line of a list, and as its own page.

use super::{DateView, Kept, Link, MapView, PhoneView};

super::views! {
    /// A facility in a list.
    FacilityEntry {
        /// Its stable id.
        id: String,
        /// The entry's `id` in the list: what the map's mark points to; empty where it has none.
        anchor: String,
        /// Its number on the map beside the list; `none` when it is not on the map.
        number: Option<u32>,
        /// Its cell of the grid on the map beside the list, in words, or that it is not on it; empty without a map.
        on_map: String,
        /// Its page.
        href: String,
        /// Its name.
        name: String,
        /// Its reading in kana; may be empty.
        kana: String,
        /// Its category.
        category: Kept<CategoryTag>,
        /// The area it stands in.
        area: Option<Kept<Link>>,
        /// Address in one line.
        address: String,
        /// Telephone.
        phone: Option<PhoneView>,
        /// Fax number (not a link); may be empty.
        fax: String,
        /// True when it is paused.
        paused: bool,
        /// True when it stands elsewhere and visits this area.
        visits: bool,
        /// The rest, which is the same in every list, as `parts/entry-facts.html` shows it.
        facts_html: Kept<String>,
    }

    /// What `parts/entry-facts.html` sees.
    EntryFactsPart {
        /// What an entry says in every list.
        facts: EntryFacts,
    }

    /// What every list says of a facility, whatever is beside the list.
    EntryFacts {
        /// Opening hours: days that are alike together, as few lines as can be; may be empty.
        hours: Vec<HoursRow>,
        /// What it does, in words: the services answered with yes.
        services: Vec<Kept<String>>,
        /// What one should ask about first.
        ask: Vec<Kept<String>>,
        /// When its row was last confirmed.
        verified: Option<Kept<DateView>>,
        /// True when that is longer ago than the site allows.
        stale: bool,
    }

    /// Entries of one kind or one place.
    FacilityGroup {
        /// Heading.
        title: String,
        /// The group's `id` on the page.
        anchor: String,
        /// The mark of the map legend as inline SVG; may be empty.
        mark_html: String,
        /// The page of the category or area; empty where there is none.
        href: String,
        /// One sentence; may be empty.
        description: String,
        /// How many entries there are.
        count: usize,
        /// The entries in the order of their numbers, each as `parts/entry.html` shows it.
        entries_html: String,
    }

    /// What `parts/entry.html` sees.
    EntryPart {
        /// The facility.
        entry: FacilityEntry,
        /// The level of the heading that is its name, 0 for no heading.
        level: u8,
    }

    /// The category of a facility.
    CategoryTag {
        /// Its id.
        id: String,
        /// Its name.
        label: String,
        /// Its page.
        href: String,
        /// The mark of the map legend as inline SVG.
        mark_html: String,
    }

    /// A facility's own page. Holds only what residents may see.
    FacilityView {
        /// Its stable id.
        id: String,
        /// Its name.
        name: String,
        /// Its reading in kana; may be empty.
        kana: String,
        /// Its category.
        category: Kept<CategoryTag>,
        /// True when it is paused (休止中).
        paused: bool,
        /// The area it stands in.
        area: Option<Kept<Link>>,
        /// The areas it serves.
        serves: Vec<Kept<Link>>,
        /// True when it serves every area.
        serves_all: bool,
        /// `123-4567`; may be empty.
        postal_code: String,
        /// Address in one line, building included.
        address: String,
        /// Where it is.
        map: Option<MapView>,
        /// A map service with its coordinates, outside this site; empty where it has none.
        directions_href: String,
        /// Telephone.
        phone: Option<PhoneView>,
        /// Fax number (not a link); may be empty.
        fax: String,
        /// Mail address; may be empty.
        email: String,
        /// Its own site; may be empty.
        url: String,
        /// Opening hours.
        hours: Option<HoursView>,
        /// Services answered with yes.
        yes: Vec<Kept<AnswerView>>,
        /// Services to ask about first.
        ask: Vec<Kept<AnswerView>>,
        /// Services answered with no.
        no: Vec<Kept<AnswerView>>,
        /// New users: what it says about accepting them; may be empty.
        accepts: String,
        /// Further facts as label and value: languages, access, parking, columns of the category, operator.
        facts: Vec<FactView>,
        /// A note in its own words; may be empty.
        note: String,
        /// The association that answers for the row; may be empty.
        source: String,
        /// Others of the same category in the same area.
        nearby: Vec<Kept<Link>>,
    }

    /// A service with the facility's answer.
    AnswerView {
        /// Its name.
        label: String,
        /// The page that lists who offers it.
        href: String,
        /// One sentence that explains it; may be empty.
        description: String,
    }

    /// A fact that has no field of its own.
    FactView {
        /// What it is.
        label: String,
        /// The value.
        value: String,
    }

    /// Opening hours as a week.
    HoursView {
        /// Days in order, Monday first, public holidays last; equal neighbours may be joined (月・火).
        rows: Vec<HoursRow>,
        /// True for around the clock, every day.
        always: bool,
        /// The hours as written, where they cannot be read; else empty.
        raw: String,
        /// The note beside them; may be empty.
        note: String,
    }

    /// A line of the week.
    HoursRow {
        /// The day or days.
        day: String,
        /// The spans, joined; or the word for closed.
        times: String,
        /// True when closed.
        closed: bool,
    }
}
