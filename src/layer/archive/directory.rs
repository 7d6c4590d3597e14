//! Directories of an archive: which tile lies where.

use super::Flaw;

/// An entry of no tile of its own: it stands for a further directory.
const LEAF: u64 = 0;
/// The smallest entry takes four bytes, one for each of its numbers.
const ENTRY_BYTES_MIN: usize = 4;

/// Tiles `id..id + run` are these bytes; or, with a run of none, a directory is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub(super) id: u64,
    pub(super) run: u64,
    pub(super) offset: u64,
    pub(super) length: u32,
}

impl Entry {
    pub(super) fn is_leaf(&self) -> bool {
        self.run == LEAF
    }
}

/// Numbers, one after the other.
pub(super) struct Numbers<'a> {
    rest: &'a [u8],
}

impl<'a> Numbers<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Eight bytes, the least first.
    pub(super) fn u64(&mut self) -> Option<u64> {
        let (first, rest) = self.rest.split_first_chunk::<8>()?;
        self.rest = rest;
        Some(u64::from_le_bytes(*first))
    }

    /// Seven bits a byte, the least first.
    fn varint(&mut self) -> Result<u64, Flaw> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or(Flaw::Damaged)?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Flaw::Damaged)
    }
}

/// Reads a directory: the columns of its table one after the other.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Entry>, Flaw> {
    let mut numbers = Numbers::new(bytes);
    let count = usize::try_from(numbers.varint()?).map_err(|_| Flaw::Damaged)?;
    if count > bytes.len() / ENTRY_BYTES_MIN {
        return Err(Flaw::Damaged);
    }
    let mut entries = vec![Entry { id: 0, run: 0, offset: 0, length: 0 }; count];
    let mut id = 0_u64;
    for entry in &mut entries {
        id = id.checked_add(numbers.varint()?).ok_or(Flaw::Damaged)?;
        entry.id = id;
    }
    for entry in &mut entries {
        entry.run = numbers.varint()?;
    }
    for entry in &mut entries {
        entry.length = u32::try_from(numbers.varint()?).map_err(|_| Flaw::Damaged)?;
    }
    let mut end: Option<u64> = None;
    for entry in &mut entries {
        entry.offset = match (numbers.varint()?, end) {
            (0, Some(end)) => end,
            (0, None) => return Err(Flaw::Damaged),
            (written, _) => written - 1,
        };
        end = Some(entry.offset.checked_add(u64::from(entry.length)).ok_or(Flaw::Damaged)?);
    }
    Ok(entries)
}

/// The entry that holds the tile, or the directory in which to look on.
pub(super) fn find(entries: &[Entry], id: u64) -> Option<Entry> {
    let after = entries.partition_point(|entry| entry.id <= id);
    let entry = entries.get(after.checked_sub(1)?)?;
    (entry.is_leaf() || id - entry.id < entry.run).then_some(*entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three tiles: one, a run of two beside it, and a directory further on.
    const THREE: &[u8] = &[3, 5, 1, 10, 1, 2, 0, 100, 50, 20, 1, 0, 0];

    #[test]
    fn entries_stand_one_after_the_other() {
        let entries = parse(THREE).unwrap();
        let offsets: Vec<u64> = entries.iter().map(|entry| entry.offset).collect();
        assert_eq!(offsets, [0, 100, 150]);
        let id_of = |id| find(&entries, id).map(|entry| entry.id);
        assert_eq!([id_of(4), id_of(5), id_of(7), id_of(8), id_of(99)], [None, Some(5), Some(6), None, Some(16)]);
    }

    #[test]
    fn a_directory_that_ends_early_or_overflows_is_damaged() {
        for length in 0..THREE.len() {
            assert_eq!(parse(&THREE[..length]), Err(Flaw::Damaged));
        }
        assert_eq!(parse(&[0xff; 12]), Err(Flaw::Damaged));
        assert_eq!(parse(&[0xff, 0xff, 0xff, 0xff, 0x0f]), Err(Flaw::Damaged));
    }
}
