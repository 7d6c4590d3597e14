//! A picture's size from its header. Pure: bytes in, size or the reason out; no pixel is decoded.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};

use crate::source::{Limits, PictureSize};

/// Width and height as displayed. What the bytes say counts, not the file's name.
pub(super) fn size(bytes: &[u8], limits: &Limits) -> Result<PictureSize, String> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|problem| problem.to_string())?;
    let mut decoder = reader.into_decoder().map_err(|problem| problem.to_string())?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels > limits.picture_pixels {
        return Err(format!("{width} × {height} px > {} px", limits.picture_pixels));
    }
    if width.max(height) > limits.picture_side_px {
        return Err(format!("{width} × {height} px > {} px", limits.picture_side_px));
    }
    if decoder.total_bytes() > limits.picture_memory_bytes {
        return Err(format!(
            "{width} × {height} px: {} MiB > {} MiB",
            decoder.total_bytes() >> 20,
            limits.picture_memory_bytes >> 20
        ));
    }
    let turned = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width_px, height_px) = if turned { (height, width) } else { (width, height) };
    Ok(PictureSize { width_px, height_px })
}
