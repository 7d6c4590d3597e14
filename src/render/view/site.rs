//! The site as every page sees it: name, navigation, desk, footer. One a language.

use super::{Kept, Link, PhoneView};

super::views! {
    /// Site-wide values in one language: the variable `site`.
    SiteView {
        /// The site's name.
        title: String,
        /// One or two sentences on what it is.
        description: String,
        /// Language code.
        lang: String,
        /// Address of the home page in this language.
        home_href: String,
        /// Address of the site's root: the prefix of every other address.
        base_path: String,
        /// Names of the municipalities.
        municipalities: Vec<String>,
        /// The few links of the page head.
        nav: Vec<NavLink>,
        /// All sections, in groups, for the foot of the page.
        menu: Vec<FooterGroup>,
        /// The consultation desk.
        desk: Option<DeskView>,
        /// What to do at a sudden change.
        emergency: Option<EmergencyView>,
        /// Address of the accessibility policy; empty where there is none.
        accessibility_href: String,
        /// Address of the open data page; empty where there is none.
        data_href: String,
        /// Licence of the data.
        licence: Option<Kept<Link>>,
        /// The site's Atom feeds.
        feeds: Vec<Kept<Link>>,
        /// The repository that holds the site's sources; empty where it is not public.
        repository_href: String,
        /// A background with every street, which readers may ask for.
        tiles: Option<TilesView>,
    }

    /// A background for maps, contacted only when a reader presses its button.
    TilesView {
        /// Scheme and host, for the page's policy.
        origin: String,
        /// Address of a tile, with `{z}`, `{x}` and `{y}`.
        template: String,
        /// Lowest and highest zoom: `5 18`.
        zooms: String,
        /// Whom the page contacts.
        name: String,
        /// The credit, shown with the background.
        attribution: String,
    }

    /// A link of the page head.
    NavLink {
        /// Compared with `page.section` to mark the current one.
        id: String,
        /// The text.
        label: String,
        /// The address.
        href: String,
    }

    /// A group of links at the foot of the page.
    FooterGroup {
        /// Heading.
        title: String,
        /// The links.
        links: Vec<Kept<Link>>,
    }

    /// The consultation desk.
    DeskView {
        /// Its name.
        name: String,
        /// Its number.
        phone: Option<PhoneView>,
        /// Its fax number (not a link).
        fax: String,
        /// When it is open, in words.
        hours: String,
        /// Its mail address.
        email: String,
        /// Its own page or form.
        url: String,
        /// A sentence on whom it is for; may be empty.
        note: String,
    }

    /// What to do at a sudden change.
    EmergencyView {
        /// The sentences of the site's configuration as HTML, telephone numbers as links.
        text_html: String,
        /// The page of the scene: what to do step by step, and who can help.
        href: String,
    }
}
