//! Pictures and other files of articles: a file becomes public by being used here, and only so.

use std::collections::BTreeSet;

use crate::article::{Article, Reference, reference};
use crate::artifact::{Artifact, Body, ImageFormat, ImageJob, OutputPath};
use crate::check::Output;
use crate::select::PublicArticle;
use crate::site::{Address, Site};
use crate::source::{Blob, SourcePath};
use crate::theme::Theme;

use super::studio::Studio;
use super::view::ImageView;

/// Files that a page made public.
#[derive(Clone, Debug, Default)]
pub(super) struct Used {
    jobs: BTreeSet<(OutputPath, ImageJob)>,
    copies: BTreeSet<SourcePath>,
}

impl Used {
    pub(super) fn append(&mut self, other: Used) {
        self.jobs.extend(other.jobs);
        self.copies.extend(other.copies);
    }

    /// Puts out every file once, whoever used it.
    pub(super) fn put(self, site: &Site, _theme: &Theme, output: &mut Output<'_>) {
        for (path, job) in self.jobs {
            let origins = vec![job.source.clone()];
            output.put_file(Artifact { path, body: Body::Image(job), origins });
        }
        for source in self.copies {
            let Some(blob) = site.public.assets.get(&source).cloned() else { continue };
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
        let Reference::File(source) = reference(&article.path, written) else { return None };
        let blob = self.site.public.assets.get(&source)?;
        let picture = variants(&source, blob, &self.theme.settings.picture_widths_px)?;
        let base = self.base();
        let srcset = |variants: &[Variant]| {
            let parts: Vec<String> = variants
                .iter()
                .map(|variant| format!("{} {}w", variant.address().href(base), variant.job.width_px))
                .collect();
            parts.join(", ")
        };
        for variant in picture.webp.iter().chain(&picture.fallback) {
            used.jobs.insert((variant.path.clone(), variant.job.clone()));
        }
        let middle = picture.fallback.get(picture.fallback.len() / 2)?;
        Some(ImageView {
            src: middle.address().href(base),
            srcset: srcset(&picture.fallback),
            webp_srcset: srcset(&picture.webp),
            width: middle.job.width_px,
            height: middle.height_px,
            alt: alt.to_owned(),
        })
    }

    /// An attachment as written in an article.
    pub(super) fn attachment(&self, article: &Article, written: &str, used: &mut Used) -> Option<String> {
        let Reference::File(source) = reference(&article.path, written) else { return None };
        self.site.public.assets.get(&source)?;
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

/// A picture in its widths, ascending, in both formats.
struct Picture {
    webp: Vec<Variant>,
    fallback: Vec<Variant>,
}

/// One file to be made.
struct Variant {
    path: OutputPath,
    job: ImageJob,
    height_px: u32,
}

impl Variant {
    fn address(&self) -> Address {
        Address::file("", self.path.as_str())
    }
}

fn variants(source: &SourcePath, blob: &Blob, widths: &[u32]) -> Option<Picture> {
    let size = blob.picture?;
    let mut widths: Vec<u32> = widths.iter().copied().filter(|&width| width < size.width_px).collect();
    if widths.len() < 3 {
        widths.push(size.width_px);
    }
    let fallback = if source.extension() == "png" { ImageFormat::Png } else { ImageFormat::Jpeg };
    let make = |format: ImageFormat| -> Option<Vec<Variant>> {
        widths
            .iter()
            .map(|&width_px| {
                let name = format!("images/{}-{width_px}.{}", blob.hash.short(), format.extension());
                let height = u64::from(size.height_px) * u64::from(width_px) / u64::from(size.width_px.max(1));
                let job = ImageJob { source: source.clone(), hash: blob.hash, width_px, format };
                Some(Variant { path: OutputPath::new(&name)?, job, height_px: u32::try_from(height).ok()?.max(1) })
            })
            .collect()
    };
    Some(Picture { webp: make(ImageFormat::WebP)?, fallback: make(fallback)? })
}
