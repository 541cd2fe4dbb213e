//! `check --watch`: look at the files again and again, and check when one changed.
//!
//! Times and lengths are compared every 300 ms. That works on every file system, network ones too, and for
//! editors that write a new file and move it over the old one.

use crate::config::{Config, FILE_NAME};
use crate::discover::{self, absolute};
use crate::suppress::sidecar;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Time between two looks.
const STEP: Duration = Duration::from_millis(300);
/// A file is checked when it has stayed the same for so long: editors write in steps.
const QUIET: Duration = Duration::from_millis(100);

/// What is looked at.
pub struct Watch<'a> {
    /// The working directory.
    pub cwd: &'a Path,
    /// Files and folders.
    pub paths: &'a [PathBuf],
    /// Configuration named on the command line.
    pub config: Option<&'a Path>,
    /// No configuration is used.
    pub isolated: bool,
    /// Apply exclude patterns to files named explicitly, too.
    pub force_exclude: bool,
    /// What this program writes itself.
    pub written: BTreeSet<PathBuf>,
    /// Files that were part of the configuration at any time: while it is broken nobody can list them.
    pub settings: BTreeSet<PathBuf>,
}

/// Time of the last change and length, by file.
pub type Seen = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

impl Watch<'_> {
    /// Every file that counts, as it is now.
    pub fn look(&mut self) -> Seen {
        let mut files: BTreeSet<PathBuf> = BTreeSet::new();
        let config = match Config::find(self.cwd, self.config, self.isolated) {
            Ok(config) => config,
            Err(error) => {
                self.settings.insert(absolute(self.cwd, Path::new(&*error.path)));
                Config::default()
            }
        };
        self.settings.extend(config.files());
        match (self.config, self.isolated) {
            (Some(path), _) => files.extend([absolute(self.cwd, path)]),
            (None, true) => {}
            (None, false) => files.extend(self.cwd.ancestors().map(|folder| folder.join(FILE_NAME))),
        }
        files.extend(self.settings.iter().cloned());
        if let Ok(excludes) = super::run::excludes(&config) {
            let found = discover::discover(self.cwd, self.paths, &excludes, self.force_exclude);
            for file in found.files {
                let mut beside = file.absolute.clone().into_os_string();
                beside.push(sidecar::ENDING);
                files.insert(PathBuf::from(beside));
                files.insert(file.absolute);
            }
        }
        // Named files that are gone may come back.
        files.extend(self.paths.iter().map(|path| absolute(self.cwd, path)).filter(|path| !path.is_dir()));
        files.retain(|file| !self.written.contains(file));
        let state = |file: &PathBuf| {
            let metadata = std::fs::metadata(file).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        };
        files.into_iter().map(|file| (state(&file), file)).map(|(state, file)| (file, state)).collect()
    }

    /// Wait until something is other than `seen`, and still again.
    pub fn wait(&mut self, seen: &Seen) -> Seen {
        loop {
            std::thread::sleep(STEP);
            let mut now = self.look();
            if now == *seen {
                continue;
            }
            loop {
                std::thread::sleep(QUIET);
                let later = self.look();
                if later == now {
                    break;
                }
                now = later;
            }
            return now;
        }
    }

    /// What is other than before, for people.
    pub fn changed(&self, before: &Seen, now: &Seen) -> Vec<String> {
        let state = |seen: &Seen, file: &PathBuf| seen.get(file).copied().flatten();
        let files: BTreeSet<&PathBuf> = before.keys().chain(now.keys()).collect();
        let other = files.into_iter().filter(|file| state(before, file) != state(now, file));
        other.map(|file| discover::display_name(file.strip_prefix(self.cwd).unwrap_or(file))).collect()
    }
}
