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

/// The same of an object whose list under `key` is empty and gets `items`, each an object without white space. One
/// of them is held at a time.
pub(super) fn lines_with<E>(
    compact: &[u8],
    key: &str,
    items: impl Iterator<Item = Result<Vec<u8>, E>>,
) -> Result<Vec<u8>, E> {
    let empty = format!("\"{key}\":[]");
    let mut items = Some(items);
    let mut out = vec![b'{'];
    let mut column = WIDTH;
    for (nth, member) in members(compact.get(1..compact.len() - 1).unwrap_or_default()).enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        match items.take_if(|_| member == empty.as_bytes()) {
            Some(items) => {
                break_line(&mut out, 1);
                out.extend_from_slice(format!("\"{key}\": [").as_bytes());
                write_items(&mut out, items)?;
                out.push(b']');
                column = WIDTH;
            }
            None => column = write_member(&mut out, member, b'{', column, 1, usize::MAX),
        }
    }
    break_line(&mut out, 0);
    out.push(b'}');
    Ok(out)
}

fn write_items<E>(out: &mut Vec<u8>, items: impl Iterator<Item = Result<Vec<u8>, E>>) -> Result<(), E> {
    let mut any = false;
    for item in items {
        if std::mem::replace(&mut any, true) {
            out.push(b',');
        }
        break_line(out, 2);
        write(out, &item?, 2, usize::MAX);
    }
    if any {
        break_line(out, 1);
    }
    Ok(())
}

fn write(out: &mut Vec<u8>, value: &[u8], level: usize, deepest: usize) {
    let [open @ (b'{' | b'['), inside @ .., close] = value else { return out.extend_from_slice(value) };
    if level >= deepest || value.len() <= WIDTH || is_flat(inside) {
        return out.extend_from_slice(value);
    }
    out.push(*open);
    let mut column = WIDTH;
    for (nth, member) in members(inside).enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        column = write_member(out, member, *open, column, level + 1, deepest);
    }
    break_line(out, level);
    out.push(*close);
}

/// A member of an object or a list, on the line where `column` is the last or on one of its own. Gives the last
/// column after it.
fn write_member(
    out: &mut Vec<u8>,
    member: &[u8],
    open: u8,
    column: usize,
    level: usize,
    deepest: usize,
) -> usize {
    let (key, value) = key_and_value(member, open);
    let mut column = column + member.len();
    if column < WIDTH {
        out.push(b' ');
    } else {
        break_line(out, level);
        column = member.len();
    }
    out.extend_from_slice(key);
    if !key.is_empty() {
        out.push(b' ');
    }
    write(out, value, level, deepest);
    column
}

/// The members of an object or a list.
fn members(inside: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = inside;
    std::iter::from_fn(move || {
        let member = Some(until(rest, b',')).filter(|_| !rest.is_empty())?;
        rest = rest.get(member.len() + 1..).unwrap_or_default();
        Some(member)
    })
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

    #[test]
    fn items_that_come_one_by_one_are_laid_out_as_those_of_the_whole() {
        let item = |name: &str| json!({"name": name, "rate": {"of": 1}, "text": "x".repeat(130)});
        let items = ["a", "b,\""].map(item);
        let whole = |items: &[Value]| json!({"a": 1, "jobs": items, "z": {"jobs": []}});
        let one_by_one = items.iter().map(|item| Ok::<_, ()>(item.to_string().into_bytes()));
        let lines = lines_with(whole(&[]).to_string().as_bytes(), "jobs", one_by_one).unwrap();
        assert_eq!(String::from_utf8(lines).unwrap(), laid_out(&whole(&items), usize::MAX));
    }

    proptest! {
        #[test]
        fn lines_change_nothing_but_space(value in values(), deepest in 0_usize..6) {
            let text = laid_out(&value, deepest);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value, "{}", text);
        }
    }
}
