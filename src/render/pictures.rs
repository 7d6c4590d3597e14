//! Pictures and other files of articles: a file becomes public by being used here, and only so.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, Reference, reference};
use crate::artifact::{Artifact, Body, OutputPath};
use crate::asset::{self, Variant};
use crate::check::Output;
use crate::select::PublicArticle;
use crate::site::{Address, Site};
use crate::source::SourcePath;

use super::studio::Studio;
use super::view::ImageView;

/// Files that a page made public.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    /// One file for one content, even where two sources hold the same picture.
    pictures: BTreeMap<OutputPath, Artifact>,
    copies: BTreeSet<SourcePath>,
}

impl Used {
    pub(super) fn append(&mut self, other: Used) {
        for (path, picture) in other.pictures {
            self.pictures.entry(path).or_insert(picture);
        }
        self.copies.extend(other.copies);
    }

    /// Puts out every file once, whoever used it.
    pub(super) fn put(self, site: &Site, output: &mut Output<'_>) {
        for picture in self.pictures.into_values() {
            output.put_file(picture);
        }
        for source in self.copies {
            // A picture's own bytes may tell where and when it was taken: only what is made of them is public.
            let blob = site.public.assets.get(&source).filter(|blob| blob.picture.is_none());
            let Some(blob) = blob.cloned() else { continue };
            let Some(path) = copy_address(&source).output_path() else { continue };
            let body = Body::Copy { source: source.clone(), blob };
            output.put_file(Artifact { path, body, origins: vec![source] });
        }
    }
}

/// Attachments keep their place below `content/`.
fn copy_address(source: &SourcePath) -> Address {
    let below = source.as_str().strip_prefix("content/").unwrap_or(source.as_str());
    Address::file("files", below)
}

impl Studio<'_> {
    /// The picture that stands for an article.
    pub(super) fn article_image(&self, public: &PublicArticle, used: &mut Used) -> Option<ImageView> {
        let article = &public.article;
        let written = article.image.as_ref()?;
        let alt = article.image_alt.as_deref().unwrap_or_default();
        // A translation may take its picture from the original's folder: both are the same.
        self.picture(article, &written.value, alt, used)
    }

    /// A picture as written in an article; `None` where the path is no picture (reported elsewhere).
    pub(super) fn picture(&self, article: &Article, written: &str, alt: &str, used: &mut Used) -> Option<ImageView> {
        let Reference::File(source) = reference(&article.path, written, self.base()) else { return None };
        let blob = self.site.public.assets.get(&source)?;
        let picture = asset::picture(&source, blob, &self.theme.settings.picture_widths_px)?;
        let srcset = |variants: &[Variant]| {
            let entry = |variant: &Variant| format!("{} {}w", self.picture_href(variant), variant.size.width_px);
            variants.iter().map(entry).collect::<Vec<_>>().join(", ")
        };
        let middle = picture.middle()?;
        let view = ImageView {
            src: self.picture_href(middle),
            srcset: srcset(&picture.fallback),
            webp_srcset: srcset(&picture.webp),
            width: middle.size.width_px,
            height: middle.size.height_px,
            alt: alt.to_owned(),
        };
        for artifact in picture.artifacts() {
            used.pictures.entry(artifact.path.clone()).or_insert(artifact);
        }
        Some(view)
    }

    fn picture_href(&self, variant: &Variant) -> String {
        Address::file("", variant.path.as_str()).href(self.base())
    }

    /// A file that an article links to: a picture in its largest width, anything else as it is.
    pub(super) fn attachment(&self, article: &Article, written: &str, used: &mut Used) -> Option<String> {
        let Reference::File(source) = reference(&article.path, written, self.base()) else { return None };
        let blob = self.site.public.assets.get(&source)?;
        if let Some(picture) = asset::picture(&source, blob, &self.theme.settings.picture_widths_px) {
            let largest = picture.fallback.into_iter().next_back()?;
            let href = self.picture_href(&largest);
            let artifact = largest.artifact();
            used.pictures.entry(artifact.path.clone()).or_insert(artifact);
            return Some(href);
        }
        used.copies.insert(source.clone());
        Some(copy_address(&source).href(self.base()))
    }
}

/// The HTML of a picture.
pub(super) fn picture_html(image: &ImageView) -> String {
    let escape = crate::markdown::escape;
    let sizes = "(min-width: 48rem) 44rem, 100vw";
    let source = if image.webp_srcset.is_empty() {
        String::new()
    } else {
        format!("<source type=\"image/webp\" srcset=\"{}\" sizes=\"{sizes}\">", escape(&image.webp_srcset))
    };
    format!(
        "<picture>{source}<img src=\"{}\" srcset=\"{}\" sizes=\"{sizes}\" width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\"></picture>",
        escape(&image.src),
        escape(&image.srcset),
        image.width,
        image.height,
        escape(&image.alt),
    )
}
