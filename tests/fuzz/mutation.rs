//! Inputs made from good ones.

/// Random numbers: splitmix64.
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 for a limit of 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }

    pub(crate) fn one_of<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Good inputs, and pieces that mean something in them.
pub(crate) struct Seeds {
    pub(crate) inputs: Vec<Vec<u8>>,
    pub(crate) words: &'static [&'static str],
}

/// At and beside the edges of the types and checks.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "7",
    "59",
    "60",
    "99",
    "100",
    "999",
    "1000",
    "86399",
    "86400",
    "15322",
    "1000000000",
    "1000000001",
    "4294967295",
    "4294967296",
    "1e300",
    "-1e300",
    "1e-300",
    "0.1",
    "1000000000000000000",
    "2147483647",
    "2147483648",
    "9007199254740993",
    "4611686018427387904",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "253402300800000000",
    "-30610224000000001",
    "00",
    "NaN",
];

/// What confuses readers.
const BYTES: &[&str] = &[
    "\0",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10ffff}",
    "é",
    "😀",
    "\r",
    "\n",
    "\t",
    " ",
    "\"",
    "'",
    "\\",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    "%",
    "-",
    "+",
    "*",
    "/",
    "#",
    "=",
    "<",
    ">",
    "$",
    "${",
    "}",
    "null",
    "true",
    "false",
];

impl Seeds {
    /// One of the inputs with one to three changes.
    pub(crate) fn mutated(&self, draw: &mut Draw) -> Vec<u8> {
        let mut input = self.inputs[draw.below(self.inputs.len())].clone();
        let changes = draw.below(5).saturating_sub(1).max(1);
        for _ in 0..changes {
            self.mutate(&mut input, draw);
        }
        input
    }

    fn mutate(&self, input: &mut Vec<u8>, draw: &mut Draw) {
        let length = input.len();
        let place = draw.below(length + 1);
        let longest = if draw.below(4) == 0 { 200 } else { 12 };
        let end = (place + 1 + draw.below(longest)).min(length);
        match draw.below(12) {
            0 if place < length => input[place] ^= 1 << draw.below(8),
            1 if place < length => input[place] = u8::try_from(draw.below(256)).unwrap(),
            2 => put(input, place, place, draw.one_of(BYTES)),
            3 if place < end => drop(input.drain(place..end)),
            4 if place < end => {
                let piece = input[place..end].to_vec();
                let to = draw.below(length + 1);
                input.splice(to..to, piece);
            }
            5 => input.truncate(place),
            6 => {
                let other = &self.inputs[draw.below(self.inputs.len())];
                let from = draw.below(other.len() + 1);
                input.truncate(place);
                input.extend_from_slice(&other[from..]);
            }
            7 if !self.words.is_empty() => put(input, place, end, draw.one_of(self.words)),
            8 if !self.words.is_empty() => put(input, place, place, draw.one_of(self.words)),
            _ => change_number(input, draw),
        }
    }
}

fn put(input: &mut Vec<u8>, from: usize, to: usize, piece: &str) {
    input.splice(from..to.max(from), piece.bytes());
}

/// Another number in the place of one, or of all that are like it: what has to add up may still do so.
fn change_number(input: &mut Vec<u8>, draw: &mut Draw) {
    let numbers = numbers(input);
    if numbers.is_empty() {
        return put(input, 0, 0, draw.one_of(NUMBERS));
    }
    let (from, to) = numbers[draw.below(numbers.len())];
    let old = input[from..to].to_vec();
    let near = std::str::from_utf8(&old).ok().and_then(|text| text.parse::<i128>().ok());
    let new = match (draw.below(3), near) {
        (0, Some(number)) => number.saturating_add(draw.below(5) as i128 - 2).to_string(),
        (1, Some(number)) => {
            number.saturating_mul(10_i128.pow(u32::try_from(draw.below(12)).unwrap())).to_string()
        }
        _ => draw.one_of(NUMBERS).to_owned(),
    };
    let alike = |&(from, to): &(usize, usize)| input[from..to] == old;
    let places =
        if draw.below(2) == 0 { numbers.into_iter().filter(alike).collect() } else { vec![(from, to)] };
    for (from, to) in places.into_iter().rev() {
        put(input, from, to, &new);
    }
}

/// Where digits are, with a minus sign before them.
fn numbers(input: &[u8]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, byte) in input.iter().enumerate() {
        match found.last_mut() {
            Some((_, end)) if *end == place && byte.is_ascii_digit() => *end += 1,
            _ if byte.is_ascii_digit() => {
                let minus = place > 0 && input[place - 1] == b'-';
                found.push((place - usize::from(minus), place + 1));
            }
            _ => {}
        }
    }
    found
}
