//! Allocation tables: which best thirds meet which group winners.

/// The name and the text of each table that comes with the program: a set of groups, then for each winner the group of
/// the third that it meets.
const FILES: [(&str, &str); 3] = [
    (
        "fifa-2026",
        include_str!("../../models/tables/fifa-2026.csv"),
    ),
    (
        "uefa-2016",
        include_str!("../../models/tables/uefa-2016.csv"),
    ),
    (
        "uefa-2020",
        include_str!("../../models/tables/uefa-2020.csv"),
    ),
];

/// An allocation table: its columns are the winners that meet thirds, such as `1B`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Allocation {
    pub(super) columns: Vec<String>,
    /// The groups whose thirds go on, as a set of letters, and for each column the group of its third.
    pub(super) rows: Vec<(String, Vec<String>)>,
}

/// The names of all tables.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    FILES.iter().map(|(name, _)| *name)
}

/// The table with a name.
pub(super) fn find(name: &str) -> Option<Allocation> {
    let (_, text) = FILES.iter().find(|(known, _)| *known == name)?;
    Some(parse(text))
}

/// A table that a file writes itself: the winners that meet thirds, and for each set of groups a row such as
/// `ABCD: C D A B`.
pub(super) fn written<'a>(
    meet: Vec<String>,
    rows: impl Iterator<Item = &'a str>,
) -> Result<Allocation, (usize, String)> {
    let read = rows.enumerate().map(|(number, text)| {
        let (set, row) = text.split_once(':').unwrap_or(("", text));
        let row: Vec<String> = row
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        if row.len() == meet.len() && !set.trim().is_empty() {
            Ok((set.trim().to_owned(), row))
        } else {
            Err((
                number,
                format!(
                    "`{text}` does not send {} thirds to the {} winners of `meet`",
                    meet.len(),
                    meet.len()
                ),
            ))
        }
    });
    let rows = read.collect::<Result<Vec<_>, _>>()?;
    Ok(Allocation {
        columns: meet,
        rows,
    })
}

impl Allocation {
    /// The groups whose thirds may come to a column, in order.
    pub(super) fn groups_of(&self, column: usize) -> Vec<&str> {
        let groups: std::collections::BTreeSet<&str> = self
            .rows
            .iter()
            .map(|(_, row)| row[column].as_str())
            .collect();
        groups.into_iter().collect()
    }
}

fn parse(text: &str) -> Allocation {
    let mut lines = text.lines().map(|line| line.split(',').map(str::trim));
    let header: Vec<&str> = lines.next().into_iter().flatten().collect();
    let set = header
        .iter()
        .position(|name| *name == "thirds")
        .unwrap_or(0);
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let rows = lines.map(Iterator::collect::<Vec<&str>>);
    let rows = rows.filter(|row| row.len() == header.len());
    Allocation {
        columns: owned(&header[set + 1..]),
        rows: rows
            .map(|row| (row[set].to_owned(), owned(&row[set + 1..])))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_places_every_third_of_its_set_once() {
        for (name, rows) in [("fifa-2026", 495), ("uefa-2016", 15), ("uefa-2020", 15)] {
            let table = find(name).expect("a bundled table");
            assert_eq!(table.rows.len(), rows, "{name}");
            for (set, row) in &table.rows {
                let mut groups: Vec<&str> = row.iter().map(String::as_str).collect();
                groups.sort_unstable();
                assert_eq!(groups.concat(), *set, "{name}");
                for (column, group) in table.columns.iter().zip(row) {
                    assert!(
                        !column.ends_with(group.as_str()),
                        "{name}: {column} meets its own third"
                    );
                }
            }
        }
    }
}
