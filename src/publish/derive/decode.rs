//! Reads a picture, within limits, and brings it to a width.

use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbaImage};

use crate::source::{Limits, PictureSize};

/// A picture's pixels as stored, not yet turned.
#[derive(Debug)]
pub(super) struct Decoded {
    /// With an alpha channel always: one kind of pixel is one code to resize it, of a hundred that would be compiled.
    pixels: RgbaImage,
    is_opaque: bool,
    orientation: Orientation,
    is_drawing: bool,
    /// The width that was made last: the next job often wants it in another format.
    last: Mutex<Option<(u32, Arc<Ready>)>>,
}

/// A picture as it will be shown.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) picture: DynamicImage,
    /// From a format for drawings: clean lines matter more than bytes.
    pub(super) is_drawing: bool,
}

/// Decodes a picture; of moving ones, the first frame. The reason is the decoder's, for people who look into it.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|cause| cause.to_string())?;
    let mut allowed = image::Limits::default();
    allowed.max_image_width = Some(limits.picture_side_px);
    allowed.max_image_height = Some(limits.picture_side_px);
    allowed.max_alloc = Some(limits.picture_memory_bytes.saturating_mul(2));
    reader.limits(allowed);
    let is_drawing = matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Gif));
    let mut decoder = reader.into_decoder().map_err(|cause| cause.to_string())?;
    if decoder.total_bytes() > limits.picture_memory_bytes {
        return Err(format!("{} MiB > {} MiB", decoder.total_bytes() >> 20, limits.picture_memory_bytes >> 20));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|cause| cause.to_string())?;
    let has_alpha = picture.color().has_alpha();
    let pixels = picture.into_rgba8();
    let is_opaque = !has_alpha || pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    Ok(Decoded { pixels, is_opaque, orientation, is_drawing, last: Mutex::default() })
}

impl Decoded {
    fn stored(&self) -> PictureSize {
        let (width_px, height_px) = self.pixels.dimensions();
        PictureSize { width_px, height_px }
    }

    /// The picture at a width as displayed, turned upright; never wider than it is.
    pub(super) fn at_width(&self, width_px: u32) -> Result<Arc<Ready>, String> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, ready)) = last().as_ref().filter(|(width, _)| *width == width_px) {
            return Ok(ready.clone());
        }
        let stored = self.stored();
        let turned = matches!(
            self.orientation,
            Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
        );
        let shown = if turned { swapped(stored) } else { stored };
        let wanted = shown.scaled_to(width_px.clamp(1, shown.width_px.max(1)));
        let target = if turned { swapped(wanted) } else { wanted };
        // Turning the small picture costs far less than turning the large one.
        let mut picture = self.resized(target)?;
        picture.apply_orientation(self.orientation);
        let ready = Arc::new(Ready { picture, is_drawing: self.is_drawing });
        *last() = Some((width_px, ready.clone()));
        Ok(ready)
    }

    fn resized(&self, target: PictureSize) -> Result<DynamicImage, String> {
        let from = self.stored();
        let (width, height) = (target.width_px, target.height_px);
        let pixels = if from == target {
            self.pixels.as_raw().clone()
        } else {
            let source = ImageRef::new(from.width_px, from.height_px, self.pixels.as_raw(), PixelType::U8x4);
            let source = source.map_err(|cause| cause.to_string())?;
            let mut made = Image::new(width, height, PixelType::U8x4);
            let options = ResizeOptions::new().use_alpha(!self.is_opaque);
            Resizer::new().resize(&source, &mut made, &options).map_err(|cause| cause.to_string())?;
            made.into_vec()
        };
        let picture = RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from);
        let picture = picture.ok_or_else(|| format!("{width} × {height} px"))?;
        Ok(if self.is_opaque { picture.into_rgb8().into() } else { picture })
    }
}

fn swapped(size: PictureSize) -> PictureSize {
    PictureSize { width_px: size.height_px, height_px: size.width_px }
}
