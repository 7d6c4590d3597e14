//! Writes a picture anew, with its pixels and nothing else.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, Rgba};

use super::decode::Ready;
use crate::artifact::ImageFormat;

const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 80;

/// The picture's bytes in a format.
pub(super) fn encode(ready: &Ready, format: ImageFormat) -> Result<Vec<u8>, String> {
    match format {
        ImageFormat::WebP => webp(ready),
        ImageFormat::Jpeg => jpeg(&on_white(&ready.picture)),
        ImageFormat::Png => png(&ready.picture),
    }
}

/// A grey dot, which a page stretches to the size of the picture that is missing.
pub(super) fn stand_in(format: ImageFormat) -> Vec<u8> {
    let picture = DynamicImage::from(RgbImage::from_pixel(1, 1, Rgb([0xdd; 3])));
    encode(&Ready { picture, is_drawing: true }, format).unwrap_or_default()
}

/// A drawing is kept without loss where that takes no more bytes.
fn webp(ready: &Ready) -> Result<Vec<u8>, String> {
    let (width, height) = (ready.picture.width(), ready.picture.height());
    let encoder = match &ready.picture {
        DynamicImage::ImageRgb8(picture) => webp::Encoder::from_rgb(picture.as_raw(), width, height),
        DynamicImage::ImageRgba8(picture) => webp::Encoder::from_rgba(picture.as_raw(), width, height),
        _ => return Err("pixels".to_owned()),
    };
    let lossy = encoder.encode_simple(false, WEBP_QUALITY).map_err(|cause| format!("WebP: {cause:?}"))?;
    if ready.is_drawing {
        let lossless = encoder.encode_simple(true, WEBP_QUALITY).map_err(|cause| format!("WebP: {cause:?}"))?;
        if lossless.len() <= lossy.len() {
            return Ok(lossless.to_vec());
        }
    }
    Ok(lossy.to_vec())
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>, String> {
    let side = |pixels: u32| u16::try_from(pixels).map_err(|cause| cause.to_string());
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(picture.as_raw(), width, height, jpeg_encoder::ColorType::Rgb).map_err(|cause| cause.to_string())?;
    Ok(bytes)
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    encoder
        .write_image(picture.as_bytes(), picture.width(), picture.height(), picture.color().into())
        .map_err(|cause| cause.to_string())?;
    Ok(bytes)
}

/// JPEG has no transparency: what is behind the picture is the paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(transparent) = picture else { return picture.to_rgb8() };
    let blend = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        u8::try_from((value * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let mut opaque = RgbImage::new(transparent.width(), transparent.height());
    for (to, Rgba([red, green, blue, alpha])) in opaque.pixels_mut().zip(transparent.pixels()) {
        to.0 = [blend(*red, *alpha), blend(*green, *alpha), blend(*blue, *alpha)];
    }
    opaque
}
