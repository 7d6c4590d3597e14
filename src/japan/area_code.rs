//! Where a telephone number's area code ends: the Ministry of Internal Affairs' 市外局番の一覧 (1 March 2026), folded.
//!
//! In: the digits of a fixed-line number. Out: how many of them are the area code. The longest code wins.

/// How many of the digits (`0` included) are the area code; none where no code fits.
pub(super) fn length(digits: &str) -> Option<usize> {
    if FIVE.iter().any(|code| digits.starts_with(code)) {
        return Some(5);
    }
    // 04 shares its beginnings with 042 and 047: 04-29… but 042-97…, 04-71… and 04-709… but 0470-….
    if digits.starts_with("0429") {
        let hanno = digits.starts_with("04297") || digits.starts_with("04298");
        return Some(if hanno { 3 } else { 2 });
    }
    if digits.starts_with("0471") || digits.starts_with("04709") {
        return Some(2);
    }
    let leading: u8 = digits.get(1..3)?.parse().ok()?;
    let next = digits.get(3..4)?;
    if FOUR.iter().any(|(code, nexts)| *code == leading && nexts.contains(next)) {
        return Some(4);
    }
    if THREE.contains(&leading) {
        return Some(3);
    }
    ["03", "04", "06"].iter().any(|code| digits.starts_with(code)).then_some(2)
}

const THREE: [u8; 48] = [
    11, 15, 17, 18, 19, 22, 23, 24, 25, 26, 27, 28, 29, 42, 43, 44, 45, 46, 47, 48, 49, 52, 53, 54, 55, 58, 59, 72, 73,
    75, 76, 77, 78, 79, 82, 83, 84, 86, 87, 88, 89, 92, 93, 95, 96, 97, 98, 99,
];

/// The two digits after the zero, with the third digits that make a code of four.
const FOUR: [(u8, &str); 51] = [
    (12, "3456"),
    (13, "3456789"),
    (14, "23456"),
    (15, "2345678"),
    (16, "234567"),
    (17, "2345689"),
    (18, "234567"),
    (19, "1234578"),
    (22, "0345689"),
    (23, "34578"),
    (24, "01234678"),
    (25, "0456789"),
    (26, "013456789"),
    (27, "046789"),
    (28, "02345789"),
    (29, "1345679"),
    (42, "28"),
    (43, "689"),
    (46, "03567"),
    (47, "05689"),
    (48, "0"),
    (49, "345"),
    (53, "1236789"),
    (54, "4578"),
    (55, "01345678"),
    (56, "123456789"),
    (57, "2345678"),
    (58, "14567"),
    (59, "456789"),
    (72, "15"),
    (73, "56789"),
    (74, "023456789"),
    (76, "135678"),
    (77, "01234689"),
    (79, "01456789"),
    (82, "034679"),
    (83, "345678"),
    (84, "5678"),
    (85, "23456789"),
    (86, "356789"),
    (87, "579"),
    (88, "034579"),
    (89, "2345678"),
    (92, "0"),
    (93, "0"),
    (94, "02346789"),
    (95, "0245679"),
    (96, "456789"),
    (97, "234789"),
    (98, "0234567"),
    (99, "34567"),
];

const FIVE: [&str; 40] = [
    "01267", "01372", "01374", "01377", "01392", "01397", "01398", "01456", "01457", "01466", "01547", "01558",
    "01564", "01586", "01587", "01632", "01634", "01635", "01648", "01654", "01655", "01656", "01658", "04992",
    "04994", "04996", "04998", "05769", "05979", "07468", "08387", "08388", "08396", "08477", "08512", "08514",
    "09802", "09912", "09913", "09969",
];
