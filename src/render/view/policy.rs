//! Open data, the accessibility policy, redirects.

use super::{DateView, Kept, Link, PhoneView};

super::views! {
    /// The open data page.
    DataView {
        /// The files.
        files: Vec<DataFile>,
        /// The licence.
        licence: Option<Kept<Link>>,
        /// Whom to name as the source.
        attribution: String,
    }

    /// A file to download.
    DataFile {
        /// What is in it.
        label: String,
        /// The address.
        href: String,
        /// CSV, GeoJSON, …
        format: String,
        /// Its size in words; may be empty.
        size: String,
        /// One sentence; may be empty.
        description: String,
    }

    /// The accessibility policy (ウェブアクセシビリティ方針).
    AccessibilityView {
        /// Name and year of the standard: JIS X 8341-3:2016.
        standard: String,
        /// The level aimed at: AA.
        level: String,
        /// The degree of conformance in the person's own words: 準拠, 一部準拠, 配慮; may be empty.
        degree: String,
        /// What the policy covers.
        scope: String,
        /// By when.
        deadline: Option<Kept<DateView>>,
        /// Exceptions.
        exceptions: Vec<String>,
        /// Further criteria.
        additional: Vec<String>,
        /// Known problems and what will be done.
        issues: Vec<IssueView>,
        /// The department in charge.
        department: String,
        /// How to reach it, as the statement says; may be empty.
        contact: String,
        /// Its number.
        phone: Option<PhoneView>,
        /// Its mail address; may be empty.
        email: String,
        /// The day the policy was set.
        date: Option<Kept<DateView>>,
    }

    /// A known problem.
    IssueView {
        /// What it is.
        issue: String,
        /// What will be done, and by when; may be empty.
        plan: String,
    }

    /// A page that has moved.
    RedirectView {
        /// The new address, ready for `href`.
        href: String,
        /// The new absolute address.
        url: String,
        /// Title of the page there.
        title: String,
    }
}
