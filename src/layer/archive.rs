//! The container of a base map: PMTiles, version 3.
//!
//! In: the bytes of a file of any origin. Out: single tiles, unpacked, or the `Flaw` that makes the file useless.
//! Every offset is checked against the file, everything unpacked against a limit: a file of a few kilobytes
//! can claim to hold terabytes. Knows nothing of what is in a tile.

mod directory;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::GzDecoder;

use directory::{Entry, Numbers, find, parse};

/// Everything before the directories.
const HEADER_BYTES: usize = 127;
/// A directory of sixteen megabytes lists some two million tiles.
const DIRECTORY_BYTES_MAX: u64 = 16 << 20;
/// The description of an archive.
const METADATA_BYTES_MAX: u64 = 4 << 20;
/// A tile of the densest city has less than two megabytes.
const TILE_BYTES_MAX: u64 = 8 << 20;
/// Entries of all directories together.
const ENTRIES_MAX: usize = 8_000_000;
/// Directories below directories.
const DEPTH_MAX: usize = 4;

/// Why an archive, or a part of it, can't be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// Something else altogether.
    NotAnArchive,
    /// A version that is not read.
    Version(u8),
    /// The file ends before what it announces.
    CutShort { wanted: u64, found: u64 },
    /// A way of packing that is not read.
    Packing(&'static str),
    /// Tiles that are no vector tiles of the usual kind.
    Tiles(&'static str),
    /// The bytes contradict themselves.
    Damaged,
    /// More than is ever unpacked.
    TooLarge { limit: u64 },
}

/// A tile's place: zoom, column, row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct TileKey {
    pub(super) zoom: u8,
    pub(super) x: u32,
    pub(super) y: u32,
}

/// An archive whose header and root directory are sound.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    header: Header,
    root: Vec<Entry>,
    leaves: BTreeMap<u64, Vec<Entry>>,
    entries: usize,
}

struct Header {
    metadata: (u64, u64),
    leaves: u64,
    tiles: u64,
    packing: u8,
    tile_packing: u8,
    zooms: (u8, u8),
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let (header, root) = header(bytes)?;
        let packed = slice(bytes, root)?;
        let root = parse(&unpacked(packed, header.packing, DIRECTORY_BYTES_MAX)?)?;
        let entries = root.len();
        Ok(Self { bytes, header, root, leaves: BTreeMap::new(), entries })
    }

    /// The lowest and highest zoom.
    pub(super) fn zooms(&self) -> (u8, u8) {
        self.header.zooms
    }

    /// What the archive says of itself, as JSON.
    pub(super) fn metadata(&self) -> Result<Cow<'a, [u8]>, Flaw> {
        unpacked(slice(self.bytes, self.header.metadata)?, self.header.packing, METADATA_BYTES_MAX)
    }

    /// A tile, unpacked; `None` where the archive has none.
    pub(super) fn tile(&mut self, key: TileKey) -> Result<Option<Cow<'a, [u8]>>, Flaw> {
        let Some(entry) = self.entry(tile_id(key))? else { return Ok(None) };
        let start = self.header.tiles.checked_add(entry.offset).ok_or(Flaw::Damaged)?;
        let packed = slice(self.bytes, (start, u64::from(entry.length)))?;
        unpacked(packed, self.header.tile_packing, TILE_BYTES_MAX).map(Some)
    }

    fn entry(&mut self, id: u64) -> Result<Option<Entry>, Flaw> {
        let mut found = find(&self.root, id);
        for _ in 0..DEPTH_MAX {
            match found {
                Some(entry) if entry.is_leaf() => found = find(self.leaf(entry)?, id),
                other => return Ok(other),
            }
        }
        Err(Flaw::Damaged)
    }

    fn leaf(&mut self, entry: Entry) -> Result<&[Entry], Flaw> {
        let start = self.header.leaves.checked_add(entry.offset).ok_or(Flaw::Damaged)?;
        if !self.leaves.contains_key(&start) {
            let packed = slice(self.bytes, (start, u64::from(entry.length)))?;
            let parsed = parse(&unpacked(packed, self.header.packing, DIRECTORY_BYTES_MAX)?)?;
            self.entries += parsed.len();
            if self.entries > ENTRIES_MAX {
                return Err(Flaw::TooLarge { limit: ENTRIES_MAX as u64 });
            }
            self.leaves.insert(start, parsed);
        }
        Ok(self.leaves.get(&start).map_or(&[], Vec::as_slice))
    }
}

/// The header, and where the root directory lies.
fn header(bytes: &[u8]) -> Result<(Header, (u64, u64)), Flaw> {
    let version = match bytes {
        [b'P', b'M', b'T', b'i', b'l', b'e', b's', version, ..] => *version,
        [b'P', b'M', version @ (1 | 2), 0, ..] => *version,
        _ => return Err(Flaw::NotAnArchive),
    };
    if version != 3 {
        return Err(Flaw::Version(version));
    }
    let found = bytes.len() as u64;
    let Some(head) = bytes.get(..HEADER_BYTES) else {
        return Err(Flaw::CutShort { wanted: HEADER_BYTES as u64, found });
    };
    let mut numbers = Numbers::new(head.get(8..).unwrap_or_default());
    let mut next = || numbers.u64().unwrap_or_default();
    let (root, metadata) = ((next(), next()), (next(), next()));
    let (leaves, tiles) = ((next(), next()), (next(), next()));
    for (start, length) in [root, metadata, leaves, tiles] {
        let wanted = start.checked_add(length).ok_or(Flaw::Damaged)?;
        if wanted > found {
            return Err(Flaw::CutShort { wanted, found });
        }
    }
    let byte = |at: usize| head.get(at).copied().unwrap_or_default();
    supported_packing(byte(97))?;
    supported_packing(byte(98))?;
    supported_tiles(byte(99))?;
    let (packing, tile_packing) = (byte(97), byte(98));
    let header = Header {
        metadata,
        leaves: leaves.0,
        tiles: tiles.0,
        packing,
        tile_packing,
        zooms: (byte(100).min(byte(101)), byte(101)),
    };
    Ok((header, root))
}

fn supported_packing(packing: u8) -> Result<(), Flaw> {
    match packing {
        0..=2 => Ok(()),
        3 => Err(Flaw::Packing("Brotli")),
        4 => Err(Flaw::Packing("Zstandard")),
        _ => Err(Flaw::Damaged),
    }
}

fn supported_tiles(kind: u8) -> Result<(), Flaw> {
    match kind {
        0 | 1 => Ok(()),
        2 => Err(Flaw::Tiles("PNG")),
        3 => Err(Flaw::Tiles("JPEG")),
        4 => Err(Flaw::Tiles("WebP")),
        5 => Err(Flaw::Tiles("AVIF")),
        6 => Err(Flaw::Tiles("MapLibre Tile (MLT)")),
        _ => Err(Flaw::Damaged),
    }
}

fn slice(bytes: &[u8], (start, length): (u64, u64)) -> Result<&[u8], Flaw> {
    let wanted = start.checked_add(length).ok_or(Flaw::Damaged)?;
    let range = usize::try_from(start).ok().zip(usize::try_from(wanted).ok());
    let found = bytes.len() as u64;
    range.and_then(|(start, end)| bytes.get(start..end)).ok_or(Flaw::CutShort { wanted, found })
}

/// Never more than `limit` bytes, whatever the packed ones claim.
fn unpacked(packed: &[u8], packing: u8, limit: u64) -> Result<Cow<'_, [u8]>, Flaw> {
    // Some writers leave the packing unsaid; gzip says itself.
    if packing != 2 && !(packing == 0 && packed.starts_with(&[0x1f, 0x8b])) {
        return if packed.len() as u64 > limit { Err(Flaw::TooLarge { limit }) } else { Ok(Cow::Borrowed(packed)) };
    }
    let mut out = Vec::new();
    GzDecoder::new(packed).take(limit + 1).read_to_end(&mut out).map_err(|_| Flaw::Damaged)?;
    if out.len() as u64 > limit { Err(Flaw::TooLarge { limit }) } else { Ok(Cow::Owned(out)) }
}

/// The number of a tile: all lower zooms first, then its place on the Hilbert curve of its own.
fn tile_id(TileKey { zoom, x, y }: TileKey) -> u64 {
    let below: u64 = (0..u32::from(zoom)).map(|lower| 1_u64 << (2 * lower)).sum();
    let (mut x, mut y) = (u64::from(x), u64::from(y));
    let mut along = 0;
    let mut side = 1_u64 << zoom >> 1;
    while side > 0 {
        let (right, down) = (u64::from(x & side > 0), u64::from(y & side > 0));
        along += side * side * ((3 * right) ^ down);
        if down == 0 {
            if right == 1 {
                x = (side - 1).wrapping_sub(x);
                y = (side - 1).wrapping_sub(y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    below + along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_numbered_along_the_curve() {
        let id = |zoom, x, y| tile_id(TileKey { zoom, x, y });
        assert_eq!([id(0, 0, 0), id(1, 0, 0), id(1, 0, 1), id(1, 1, 1), id(1, 1, 0)], [0, 1, 2, 3, 4]);
        // The first and last of zoom 2, and the examples of the specification's own tests.
        assert_eq!([id(2, 0, 0), id(2, 3, 0)], [5, 20]);
        assert_eq!([id(12, 3423, 1763), id(20, 0, 0)], [19_078_479, 366_503_875_925]);
    }

    #[test]
    fn what_is_no_archive_is_said_to_be_none() {
        assert_eq!(Archive::open(b"").err(), Some(Flaw::NotAnArchive));
        assert_eq!(Archive::open(b"PK\x03\x04").err(), Some(Flaw::NotAnArchive));
        assert_eq!(Archive::open(b"PM\x02\x00\x00").err(), Some(Flaw::Version(2)));
        assert_eq!(Archive::open(b"PMTiles\x04").err(), Some(Flaw::Version(4)));
        assert_eq!(Archive::open(b"PMTiles\x03").err(), Some(Flaw::CutShort { wanted: 127, found: 8 }));
    }

    #[test]
    fn a_few_bytes_that_unpack_to_gigabytes_are_stopped() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::copy(&mut std::io::repeat(0).take(64 << 20), &mut packer).unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(unpacked(&packed, 2, 1 << 20).err(), Some(Flaw::TooLarge { limit: 1 << 20 }));
    }
}
