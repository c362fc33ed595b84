//! Where the lines of a JSON text break.

/// Columns of a line, its indentation not counted.
const WIDTH: usize = 120;
const INDENT: usize = 2;

/// `compact`, a JSON text without white space, with line breaks. A list of values is one line, and so is an
/// object without another object in it, such as a comparison, a rate or a point. Whatever else is longer than
/// [`WIDTH`] is broken; what is short in it shares lines. Below the `deepest` level nothing is broken.
pub(super) fn lines(compact: &[u8], deepest: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(compact.len() + compact.len() / 8);
    write(&mut out, compact, 0, deepest);
    out
}

fn write(out: &mut Vec<u8>, value: &[u8], level: usize, deepest: usize) {
    let [open @ (b'{' | b'['), inside @ .., close] = value else { return out.extend_from_slice(value) };
    if level >= deepest || value.len() <= WIDTH || is_flat(inside) {
        return out.extend_from_slice(value);
    }
    out.push(*open);
    let mut column = WIDTH;
    let mut rest = inside;
    while !rest.is_empty() {
        let member = until(rest, b',');
        let (key, value) = key_and_value(member, *open);
        column += member.len();
        if column < WIDTH {
            out.push(b' ');
        } else {
            break_line(out, level + 1);
            column = member.len();
        }
        out.extend_from_slice(key);
        if !key.is_empty() {
            out.push(b' ');
        }
        write(out, value, level + 1, deepest);
        rest = &rest[member.len()..];
        if let [comma, further @ ..] = rest {
            out.push(*comma);
            rest = further;
        }
    }
    break_line(out, level);
    out.push(*close);
}

fn break_line(out: &mut Vec<u8>, level: usize) {
    out.push(b'\n');
    out.resize(out.len() + INDENT * level, b' ');
}

/// Whether there is no object in the `inside` of an object or a list.
fn is_flat(inside: &[u8]) -> bool {
    structure(inside).all(|(_, byte)| byte != b'{')
}

/// The key of a member of an object with its colon, and the value; a list has no keys.
fn key_and_value(member: &[u8], open: u8) -> (&[u8], &[u8]) {
    let key = if open == b'{' { until(member, b':').len() + 1 } else { 0 };
    member.split_at(key)
}

/// `text` up to the first `end` outside of every string, object and list in it.
fn until(text: &[u8], end: u8) -> &[u8] {
    let mut depth = 0;
    for (place, byte) in structure(text) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ if byte == end && depth == 0 => return &text[..place],
            _ => {}
        }
    }
    text
}

/// The bytes of `text` that are not inside of a string, each with its place.
fn structure(text: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let (mut inside, mut escaped) = (false, false);
    text.iter().copied().enumerate().filter(move |&(_, byte)| {
        let quote = byte == b'"' && !escaped;
        let outside = !inside && !quote;
        escaped = inside && byte == b'\\' && !escaped;
        inside ^= quote;
        outside
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn laid_out(value: &Value, deepest: usize) -> String {
        String::from_utf8(lines(value.to_string().as_bytes(), deepest)).unwrap()
    }

    #[test]
    fn tables_and_flat_objects_are_one_line_and_short_members_share_lines() {
        let table: Vec<[u32; 2]> = (0..40).map(|n| [n, 1_000]).collect();
        let value =
            json!({"a": 1, "b": "{[\"\\,", "rate": {"high": 1.0, "low": 0.5}, "table": table, "x": null});
        let table = table.iter().map(|[n, runs]| format!("[{n},{runs}]")).collect::<Vec<_>>().join(",");
        let expected = format!(
            "{{\n  \"a\": 1, \"b\": \"{{[\\\"\\\\,\", \"rate\": {{\"high\":1.0,\"low\":0.5}},\n  \
             \"table\": [{table}],\n  \"x\": null\n}}"
        );
        assert_eq!(laid_out(&value, usize::MAX), expected);
        assert_eq!(laid_out(&value, 0).lines().count(), 1);
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i64>().prop_map(Value::from),
            "[\"\\\\{}\\[\\]:, a\n]{0,60}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map("[a\"\\\\{:,]{0,9}", inner, 0..8)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn lines_change_nothing_but_space(value in values(), deepest in 0_usize..6) {
            let text = laid_out(&value, deepest);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value, "{}", text);
        }
    }
}
