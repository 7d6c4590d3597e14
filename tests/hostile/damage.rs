//! Damage to files: the same on every machine and every run.

/// The same numbers on every machine.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides.max(1)
    }
}

/// What readers stumble over.
const JUNK: [&[u8]; 24] = [
    b"\"",
    b",",
    b"\n",
    b"\r",
    b"\t",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x81",
    "　".as_bytes(),
    "（".as_bytes(),
    "９".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    b"1.7E+16",
    b"=cmd|' /C calc'!A0",
    "令和".as_bytes(),
    "🏥".as_bytes(),
    b"@",
    b"://",
    "休止".as_bytes(),
    b"-",
    "○".as_bytes(),
    b"99999999999999999999",
];

/// A copy with a few bytes turned, cut out, doubled, or replaced by what hurts readers.
pub(crate) fn damaged(base: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = base.to_vec();
    for _ in 0..1 + dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(4)).min(bytes.len());
        match dice.roll(4) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << dice.roll(8);
            }
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy: Vec<u8> = bytes[at..(at + dice.roll(200)).min(bytes.len())].to_vec();
                let to = dice.roll(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => drop(bytes.splice(at..end, JUNK[dice.roll(JUNK.len())].iter().copied())),
        }
    }
    bytes
}

/// The most memory that this process ever had; zero where the system does not tell.
#[allow(clippy::disallowed_methods, reason = "a test asks the system")]
pub(crate) fn peak_memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
