//! A PostgreSQL server of the tests' own: in a folder of its own, reached by a socket in that folder, with
//! Debian's binaries. It ends with the process that started it, however that ends, and leaves nothing behind.

#![allow(dead_code, reason = "not every test that has this file uses all of it")]

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Who may do everything in these servers.
const USER: &str = "postgres";
/// For a server to start or stop; many times what it takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs the server until its standard input closes, which it does when the starting process is gone, or until the
/// server ends by itself. `$1` is the program, `$2` its folder, `$3` what becomes of the folder.
const KEEPER: &str = r#"
trap : TERM INT HUP
program=$1 folder=$2 afterwards=$3
shift 3
"$program" -D "$folder/data" "$@" >>"$folder/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
if [ "$afterwards" = remove ]; then rm -rf "$folder"; fi
"#;

/// A server.
pub(crate) struct PostgresServer {
    folder: PathBuf,
    settings: Vec<String>,
    running: Option<Running>,
}

struct Running {
    keeper: Child,
    /// Held open as long as the server shall run.
    leash: Option<ChildStdin>,
}

impl PostgresServer {
    /// Starts a server with these settings, such as `max_connections=200`.
    pub(crate) fn start(settings: &[&str]) -> Self {
        Self::start_with(settings, &[])
    }

    /// The same with these files in the folder of its data, which only the server may read.
    pub(crate) fn start_with(settings: &[&str], files: &[(&str, &str)]) -> Self {
        Self::start_in(&std::env::temp_dir(), &[], settings, files)
    }

    /// The same with its folder below `parent`, and its database made with further options of `initdb`.
    pub(crate) fn start_in(
        parent: &Path,
        options: &[&str],
        settings: &[&str],
        files: &[(&str, &str)],
    ) -> Self {
        let folder = new_folder(parent);
        let mut initdb = program("initdb");
        initdb.args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-sync"]);
        initdb.args(options);
        initdb.args(["--no-locale", "--pgdata"]).arg(folder.join("data"));
        finish(unprivileged(&mut initdb));
        for (name, text) in files {
            let path = folder.join("data").join(name);
            std::fs::write(&path, text).expect("the folder is there");
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("ours");
            if let Some((user, group)) = server_user() {
                chown(&path, Some(user), Some(group)).expect("root may give it away");
            }
        }
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let mut server = Self { folder, settings, running: None };
        server.start_again();
        server
    }

    /// A standby that follows this server.
    pub(crate) fn standby(&self, settings: &[&str]) -> Self {
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        let mut server =
            Self { folder: new_folder(&std::env::temp_dir()), settings, running: None };
        server.follow(self);
        server
    }

    /// Makes this server, which does not run, a standby of `primary` at its old address, whatever it held before.
    pub(crate) fn follow(&mut self, primary: &Self) {
        assert!(self.running.is_none(), "it runs");
        let data = self.folder.join("data");
        // There is nothing yet in a new one.
        let _ = std::fs::remove_dir_all(&data);
        let mut copy = program("pg_basebackup");
        copy.args(["--username", USER, "--write-recovery-conf", "--checkpoint=fast", "--no-sync"]);
        copy.arg("--host").arg(&primary.folder).arg("--pgdata").arg(data);
        finish(unprivileged(&mut copy));
        self.start_again();
    }

    /// Starts it after [`PostgresServer::stop`], on the data that it had.
    pub(crate) fn start_again(&mut self) {
        assert!(self.running.is_none(), "it runs");
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(path_of("postgres")).arg(&self.folder);
        keeper.arg("remove").arg("-k").arg(&self.folder).args(["-c", "listen_addresses="]);
        for setting in &self.settings {
            keeper.args(["-c", setting]);
        }
        keeper.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keeper = unprivileged(&mut keeper).spawn().expect("sh runs");
        let leash = keeper.stdin.take();
        self.running = Some(Running { keeper, leash });
        self.wait("ready", |pid_file| pid_file.lines().any(|line| line.trim() == "ready"));
    }

    /// Stops it as an operator does: sessions are told and ended.
    pub(crate) fn stop(&mut self) {
        self.end("INT");
    }

    /// Ends it as a power cut does, but that its first process sees the others off.
    pub(crate) fn kill(&mut self) {
        self.end("QUIT");
    }

    /// Ends all its processes at once, with SIGKILL: none of them does or says anything more.
    pub(crate) fn cut(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        let pid = self.pid();
        running.keeper.kill().expect("the keeper runs");
        running.keeper.wait().expect("the keeper ends");
        drop(running.leash.take());
        // Stopped first, so that it makes no more of them meanwhile.
        finish(Command::new("kill").args(["-s", "STOP", &pid]));
        let mut all = children(&pid);
        all.push(pid);
        finish(Command::new("kill").args(["-s", "KILL"]).args(&all));
        for one in &all {
            wait_for_end(one);
        }
        self.forget_locks();
    }

    /// After trouble: waits until it takes connections again, and starts it again if it has ended by itself, as it
    /// does when it can't even recover; whether that was needed.
    pub(crate) fn recover(&mut self) -> bool {
        let begun = Instant::now();
        loop {
            if self.has_ended() {
                let mut running = self.running.take().expect("it was started");
                running.keeper.kill().expect("the keeper runs");
                running.keeper.wait().expect("the keeper ends");
                self.forget_locks();
                self.start_again();
                return true;
            }
            let mut ask = program("pg_isready");
            ask.args(["--quiet", "--host"]).arg(&self.folder);
            if ask.status().expect("pg_isready is there").success() {
                return false;
            }
            assert!(begun.elapsed() < PATIENCE, "the server neither serves nor ends");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn has_ended(&self) -> bool {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid"));
        let pid = file.ok().and_then(|file| file.lines().next().map(str::to_owned));
        let process = pid.map(|pid| PathBuf::from("/proc").join(pid));
        process.is_none_or(|process| !process.exists() || is_zombie(&process))
    }

    /// Lets a standby take over.
    pub(crate) fn promote(&self) {
        let mut promote = program("pg_ctl");
        promote.args(["promote", "--wait", "--silent", "--pgdata"]).arg(self.folder.join("data"));
        finish(unprivileged(&mut promote));
    }

    /// The address of one of its databases.
    pub(crate) fn url(&self, database: &str) -> String {
        let port = self.settings.iter().find_map(|setting| setting.strip_prefix("port="));
        format!("postgres://{USER}@{}:{}/{database}", self.host(), port.unwrap_or("5432"))
    }

    /// What stands for the host in an address.
    pub(crate) fn host(&self) -> String {
        self.folder.display().to_string().replace('/', "%2F")
    }

    /// Where it lives.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs SQL that asks for nothing.
    pub(crate) fn execute(&self, database: &str, sql: &str) {
        self.query(database, sql);
    }

    /// Runs SQL; the columns of its rows, as text.
    pub(crate) fn query(&self, database: &str, sql: &str) -> Vec<Vec<String>> {
        let (url, sql) = (self.url(database), sql.to_owned());
        // On a thread of its own, so that tests of every kind can call it.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(query(&url, &sql))
        })
        .join()
        .expect("the query works")
    }

    fn end(&mut self, signal: &str) {
        let Some(mut running) = self.running.take() else { return };
        let pid = self.pid();
        // The keeper would take the folder away; it is not needed for a server that ends in order.
        running.keeper.kill().expect("the keeper runs");
        running.keeper.wait().expect("the keeper ends");
        drop(running.leash.take());
        finish(Command::new("kill").args(["-s", signal, &pid]));
        wait_for_end(&pid);
        self.forget_locks();
    }

    /// Takes away what a server that was killed leaves. Its number may soon be another process's, or still be that of the dead
    /// one, whom nobody has asked how it ended.
    fn forget_locks(&self) {
        for left in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
            let _ = std::fs::remove_file(self.folder.join(left));
        }
    }

    fn pid(&self) -> String {
        let file = std::fs::read_to_string(self.folder.join("data/postmaster.pid"));
        let file = file.expect("the server wrote its number");
        file.lines().next().expect("it is in the first line").to_owned()
    }

    fn wait(&self, what: &str, good: impl Fn(&str) -> bool) {
        let begun = Instant::now();
        let path = self.folder.join("data/postmaster.pid");
        while !std::fs::read_to_string(&path).is_ok_and(|text| good(&text)) {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begun.elapsed() < PATIENCE, "the server is not {what}: {}", log());
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        match self.running.take() {
            Some(mut running) => {
                drop(running.leash.take());
                let _ = running.keeper.wait();
            }
            None => {
                let _ = std::fs::remove_dir_all(&self.folder);
            }
        }
    }
}

/// A database of a server that all tests of a process share; dropped with this value.
pub(crate) struct TestDatabase {
    name: String,
}

impl TestDatabase {
    /// An empty database.
    pub(crate) fn empty() -> Self {
        Self::from("template0")
    }

    /// A copy of the database `template` of the shared server.
    pub(crate) fn from(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        shared().execute(USER, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        Self { name }
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        shared().url(&self.name)
    }

    /// Runs SQL in it; the columns of its rows, as text.
    pub(crate) fn query(&self, sql: &str) -> Vec<Vec<String>> {
        shared().query(&self.name, sql)
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        shared().execute(USER, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// The server that all tests of a process share; the first to ask starts it.
pub(crate) fn shared() -> &'static PostgresServer {
    static SERVER: OnceLock<PostgresServer> = OnceLock::new();
    SERVER.get_or_init(|| PostgresServer::start(&["max_connections=400", "shared_buffers=64MB"]))
}

/// The shared server with a database of this name, which `make` fills once, when it is given its address.
pub(crate) fn template(name: &'static str, make: impl FnOnce(&str)) -> &'static str {
    static MADE: OnceLock<()> = OnceLock::new();
    MADE.get_or_init(|| {
        shared().execute(USER, &format!("CREATE DATABASE {name} TEMPLATE template0"));
        make(&shared().url(name));
    });
    name
}

async fn query(url: &str, sql: &str) -> Vec<Vec<String>> {
    use tokio_postgres::SimpleQueryMessage::Row;
    let (client, connection) =
        tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("the server answers");
    let connection = tokio::spawn(connection);
    let messages =
        client.simple_query(sql).await.unwrap_or_else(|error| panic!("{sql}: {error:?}"));
    drop(client);
    let _ = connection.await;
    let rows = messages.iter().filter_map(|message| match message {
        Row(row) => Some(row),
        _ => None,
    });
    rows.map(|row| (0..row.len()).map(|at| row.get(at).unwrap_or_default().to_owned()).collect())
        .collect()
}

/// A folder that the server's user owns.
fn new_folder(parent: &Path) -> PathBuf {
    let folder = tempfile::Builder::new().prefix("pg-").tempdir_in(parent);
    let folder = folder.expect("a folder").keep();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700)).expect("it is ours");
    if let Some((user, group)) = server_user() {
        chown(&folder, Some(user), Some(group)).expect("root may give it away");
    }
    folder
}

/// PostgreSQL refuses to run as root; root runs it as somebody else.
fn server_user() -> Option<(u32, u32)> {
    let is_root = std::fs::metadata("/proc/self").expect("Linux").uid() == 0;
    is_root.then(|| {
        let users = std::fs::read_to_string("/etc/passwd").expect("there are users");
        let find = |name: &str| {
            let mut fields = users.lines().map(|line| line.split(':').collect::<Vec<_>>());
            let user = fields.find(|fields| fields[0] == name)?;
            Some((user.get(2)?.parse().ok()?, user.get(3)?.parse().ok()?))
        };
        find("postgres").or_else(|| find("nobody")).expect("a user who is not root")
    })
}

fn unprivileged(command: &mut Command) -> &mut Command {
    if let Some((user, group)) = server_user() {
        command.uid(user).gid(group);
    }
    command.current_dir("/")
}

fn program(name: &str) -> Command {
    Command::new(path_of(name))
}

/// Debian keeps these outside of PATH, one folder for each version; the newest is taken.
fn path_of(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|version| {
            let number = version.file_name().to_str()?.parse().ok()?;
            let path = version.path().join("bin").join(name);
            path.exists().then_some((number, path))
        })
        .collect();
    found.sort();
    found.pop().map_or_else(|| PathBuf::from(name), |(_, path)| path)
}

fn finish(command: &mut Command) {
    let program = command.get_program().display().to_string();
    let output = command.output().unwrap_or_else(|error| {
        panic!("{program}: {error}: install the Debian package postgresql")
    });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}");
}

/// The processes that this one has begun.
fn children(parent: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").expect("Linux").flatten();
    let names = processes.filter_map(|process| process.file_name().into_string().ok());
    let numbers = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    let of_parent = |pid: &String| {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|of| of.trim() == parent))
    };
    numbers.filter(of_parent).collect()
}

fn wait_for_end(pid: &str) {
    let process = PathBuf::from("/proc").join(pid);
    let begun = Instant::now();
    while process.exists() && !is_zombie(&process) {
        assert!(begun.elapsed() < PATIENCE, "the server does not end");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn is_zombie(process: &Path) -> bool {
    let status = std::fs::read_to_string(process.join("status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && line.contains('Z'))
}
