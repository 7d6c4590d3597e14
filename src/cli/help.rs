//! What `--help` and wrong use say, in Japanese and English side by side.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, Error};

use super::language::pick;
use super::terminal::Terminal;
use super::{Arguments, Status};
use crate::diag::Language;

/// Texts by place: a command's name, or `command.argument`; an argument of every command has no command.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "sumika",
        "在宅での療養と地域の支えを伝えるサイトを、原稿と一覧表のフォルダーから作ります",
        "Turns a folder of articles, plans and lists into a municipality's site about being cared for at home",
    ),
    (
        "lang",
        "メッセージの言語（ja か en。指定がなければ環境に合わせます）",
        "language of messages: ja or en (else the locale's)",
    ),
    ("help", "使い方を表示します", "shows this help"),
    ("version", "版を表示します", "shows the version"),
    ("root", "サイトのフォルダー", "the site's folder"),
    (
        "at",
        "この日時の公開内容にします（例 2026-06-01、2026-06-01T09:00。指定がなければ今）",
        "the public site at this instant (2026-06-01, 2026-06-01T09:00; default: now)",
    ),
    ("edition", "この号が出た時点の公開内容にします", "the public site at the release of this edition"),
    ("drafts", "下書きも含めます（公開先には使わないでください）", "with drafts (not for the public)"),
    ("jobs", "同時に動かす処理の数", "how many threads work at once"),
    (
        "build",
        "サイトを書き出します。すべてそろってから一度に切り替わります",
        "builds the site and switches over when it is complete",
    ),
    (
        "build.edition",
        "この号だけを、印刷所や会議に渡せる見本として書き出します（書き出し先は edition-号。公開前なら、そのことを各ページに記します）",
        "this edition alone, as a folder for the printer or a meeting (into edition-SLUG; marked while it is not public)",
    ),
    (
        "build.out",
        "書き出し先（指定がなければサイトのフォルダーの中の public）",
        "output folder (default: public in the site's folder)",
    ),
    (
        "build.base_url",
        "公開先のアドレス（sumika.toml の base_url の代わりに使います）",
        "public address, in place of base_url in sumika.toml",
    ),
    (
        "build.quarantine",
        "誤りのある項目だけを除いて公開し、除いたものを一覧にします",
        "publishes without the items that have errors, and lists them",
    ),
    ("build.no_cache", "前回の記録や画像の控えを使わずに書き出します", "uses no record or pictures of earlier builds"),
    ("build.timings", "段階ごとの所要時間を表示します", "shows how long each stage took"),
    (
        "check",
        "サイトの誤りと注意をすべて挙げます。何も書き出しません",
        "lists every error and warning of the site; writes nothing",
    ),
    (
        "check.format",
        "表示の形式（human＝人が読む形、json＝1行に1件、github＝GitHub Actions、sarif＝SARIF 2.1.0）",
        "format of the report: human, json (one a line), github (Actions), sarif (2.1.0)",
    ),
    (
        "check.base",
        "前の内容（git の版、フォルダー、ファイル）。消えた行、変わった ID、一度に多すぎる変更も挙げます",
        "what was before (a revision of git, a folder, a list): also tells vanished rows, changed ids, mass changes",
    ),
    ("check.strict", "注意があるときも失敗として終わります", "fails on warnings, too"),
    (
        "check.verbose",
        "地図ごとに、重なり・ずれ・名前などの測った値も表示します",
        "also tells what was measured of each map: overlaps, shifts, names",
    ),
    (
        "check.no_pages",
        "ページや地図を作らず、原稿と一覧表だけをすばやく確かめます",
        "looks at the files alone, quickly: makes no pages and no maps",
    ),
    ("explain", "メッセージをくわしく説明します", "explains a message at length"),
    ("explain.code", "メッセージの番号（省くと一覧を表示）", "the message's code (without it: all of them)"),
    (
        "export",
        "一覧を、情報を提供する団体ごとのファイルに書き出します（エクセルのブック、CSV、年に一度の確認票）",
        "writes the lists as a file for each association: a workbook, a CSV, a yearly confirmation form",
    ),
    ("export.out", "書き出し先のフォルダー（指定がなければ export）", "output folder (default: export)"),
    ("export.format", "xlsx（ブック）か csv（Excel で開ける BOM 付き）", "xlsx, or csv with byte order mark"),
    ("export.association", "この団体のものだけを書き出します", "only this association's"),
    ("export.confirm", "年に一度の確認票にします", "the yearly confirmation form"),
    (
        "fmt",
        "一覧の書き方をそろえます（列と行の順、電話番号、日付、引用符、文字コード）。直した所はすべて示します",
        "puts lists in their canonical form (order, telephone numbers, dates, quotes, encoding) and explains each repair",
    ),
    ("fmt.files", "一覧のファイル（省くとサイトのすべての一覧）", "the lists (without them: all of the site's)"),
    ("fmt.check", "確かめるだけで、書き換えません", "only looks, changes nothing"),
    (
        "import",
        "国や自治体のオープンデータを、施設の一覧に取り込みます",
        "imports open data of ministries and municipalities into a list of facilities",
    ),
    (
        "import.kind",
        "データの種類（kaigo＝介護サービス情報公表システム、navii＝医療情報ネット、kouseikyoku＝厚生局の施設基準の届出、\
         standard＝自治体標準・推奨データセット、events＝イベント一覧、mapping＝対応表を書いて取り込む表、\
         list＝export で書き出して記入してもらったファイル）",
        "kind of data: kaigo (care services), navii (medical institutions), kouseikyoku (declarations to the bureaus), \
         standard (municipal open data), events (as drafts of articles), mapping (any table, by a mapping file), \
         list (what `export` made, filled in)",
    ),
    ("import.files", "取り込むファイル（CSV、XLSX）", "the files (CSV, XLSX)"),
    ("import.mapping", "対応表（指定がなければ mapping.toml）", "the mapping file (default: mapping.toml)"),
    (
        "import.suggest",
        "取り込まずに、表の見出しから対応表の下書きを作ります",
        "drafts a mapping from the headings instead of importing",
    ),
    (
        "import.doubtful",
        "同じ施設かもしれない行を、示すだけにする（ask）、同じとみなす（same）、別とみなす（new）",
        "what to do with rows that may be in the list: only tell (ask), take for the same (same), or for others (new)",
    ),
    (
        "import.same",
        "取り込む行と一覧の行が同じ施設だと決めます（何度でも書けます）",
        "says that an imported row is a row of the list (may be repeated)",
    ),
    (
        "import.close_gone",
        "元データから消えた行に、この廃止日を入れます",
        "gives rows that are gone at the source this closing date",
    ),
    (
        "import.into",
        "取り込み先の一覧（なければ作ります。省くと画面に出します）",
        "the list to import into (made if there is none; without it: standard output)",
    ),
    (
        "import.write",
        "すでにある一覧に書き込みます（付けなければ比べるだけです）",
        "changes a list that exists (without it: only compares)",
    ),
    (
        "import.root",
        "サイトのフォルダー（市区町村と圏域を読みます。省くと一覧のある場所から探します）",
        "the site's folder, for its municipalities and areas (else looked for around the list)",
    ),
    (
        "import.municipality",
        "この市区町村コードの行だけを取り込みます（政令市のコードは区を含みます）",
        "only rows of this municipality code (a designated city's includes its wards)",
    ),
    (
        "import.city",
        "コードのない行は、住所がこの名前で始まるものだけを取り込みます",
        "of rows without a code, only those whose address begins with this name",
    ),
    ("import.category", "すべての行の種別", "the category of all rows"),
    ("import.source", "情報の提供元（団体や資料の名前）", "who publishes the data"),
    ("import.as_of", "いつの時点のデータか（2026-06-30、令和8年6月30日）", "the day to which the data refer"),
    ("import.headings", "新しい一覧の見出しの言語", "language of a new list's headings"),
    (
        "audit",
        "同意のない体験談が、公開先にも控えにも残っていないことと、まもなく終わる同意を確かめます",
        "shows that nothing is left of stories without consent, and which consents end soon",
    ),
    (
        "audit.out",
        "調べる公開先（くり返せます。省くと public）",
        "a published folder (may be repeated; default: public)",
    ),
    (
        "audit.base_url",
        "公開先のアドレス（書き出したときに --base-url を使った場合）",
        "public address, where the build was given --base-url",
    ),
    (
        "new",
        "新しいサイトを作ります。`sumika new plan 年度` は、前の年度の見直しから次の計画を下書きします",
        "makes a starter site; `sumika new plan YEAR` drafts a plan from the last one's review",
    ),
    ("new.what", "作るフォルダー、または plan", "the folder to make, or plan"),
    (
        "new.year",
        "計画の年度（省くと、いまある計画の次の年度）",
        "fiscal year of the plan (default: after the last one)",
    ),
    ("new.name", "市町村の名前", "name of the municipality"),
    ("new.code", "全国地方公共団体コード（6桁）", "municipality code (six digits)"),
    (
        "new.area",
        "日常生活圏域（例 kita=北部圏域。くり返せます）",
        "a daily-living area, like kita=North; may be repeated",
    ),
    ("new.desk", "相談窓口の名前", "name of the consultation desk"),
    ("new.phone", "相談窓口の電話番号", "its telephone number"),
    (
        "new.github",
        "サイトを置く GitHub のリポジトリ（組織/名前）。`sumika github` と同じファイルも作ります",
        "the repository on GitHub that keeps the site (owner/name): the files of `sumika github` are made, too",
    ),
    (
        "publish",
        "サイトを公開し続けます。公開内容が変わる日時と、原稿や一覧が変わったときに切り替えます",
        "keeps a site published: switches over at every change in time and whenever its files change",
    ),
    (
        "publish.follow",
        "公開先のフォルダー（ウェブサーバーが見せるフォルダー）",
        "the folder that the web server shows",
    ),
    ("publish.every", "ファイルが変わったかを見る間隔（秒）", "how often to look for changed files, in seconds"),
    (
        "publish.base_url",
        "公開先のアドレス（sumika.toml の base_url の代わりに使います）",
        "public address, in place of base_url in sumika.toml",
    ),
    ("publish.quarantine", "誤りのある項目だけを除いて公開します", "publishes without the items that have errors"),
    (
        "schedule",
        "これから公開内容が変わる日時と、そのとき変わるものを並べます（職員用です）",
        "lists every coming instant at which the public site changes, and what changes (for staff)",
    ),
    (
        "schedule.format",
        "形式（table 表、json、ics カレンダー、cron、github ワークフロー、systemd タイマー）",
        "table, json, ics (a calendar), cron, github (a workflow) or systemd (timer units)",
    ),
    ("schedule.until", "この日時までに限ります", "only up to this instant"),
    (
        "schedule.year",
        "この年度（4月から翌年3月）の予定をすべて並べます",
        "the whole of this fiscal year, April to March",
    ),
    (
        "schedule.pages",
        "日時ごとにサイトを組み立てて直前と比べ、現れる・変わる・なくなるページも並べます（table と json）",
        "builds the site at every instant and lists the pages that appear, change and go (table and json)",
    ),
    (
        "apply-form",
        "記入された入力フォーム（GitHub の issue の本文）を、一覧の一行の変更にします",
        "turns one filled-in form (the text of an issue) into a change of a row",
    ),
    ("apply-form.form", "記入されたフォームのファイル", "the file with the filled-in form"),
    (
        "apply-form.write",
        "一覧に書き込みます（付けなければ、変わるところを見せるだけです）",
        "changes the list (without it: only tells what would change)",
    ),
    (
        "report",
        "計画をつくる人のための点検の報告を書きます（庁内用。公開用のフォルダーには書きません）",
        "writes the planners' report: coverage, gaps, goals, events, freshness (for staff, never public)",
    ),
    ("report.year", "年度（西暦。指定がなければ、その時点の年度）", "fiscal year (default: that of the instant)"),
    (
        "report.out",
        "書き出し先（指定がなければサイトのフォルダーの中の report/年度）",
        "output folder (default: report/YEAR in the site's folder)",
    ),
    (
        "github",
        "GitHub で使うファイルを作ります（確認・公開の手順、入力フォーム、担当者、一覧の合わせ方、ウェブの編集画面の設定）",
        "makes what a repository on GitHub needs: workflows, forms, owners, the merge driver, the web editor's settings",
    ),
    (
        "github.install",
        "GitHub の機械に sumika を入れるコマンド（省くと cargo install）",
        "the command that installs sumika on a runner (default: cargo install)",
    ),
    (
        "merge-list",
        "三つの版の一覧を、行と欄ごとに一つにします（git の merge driver です。`sumika github` が設定します）",
        "merges three versions of a list, row by row and cell by cell (git's merge driver, set up by `sumika github`)",
    ),
    ("merge-list.base", "共通の元の一覧（git の %O）", "the common ancestor (git's %O)"),
    (
        "merge-list.ours",
        "こちらの一覧（git の %A）。結果もここに書きます",
        "our list (git's %A); the result is written here",
    ),
    ("merge-list.theirs", "相手の一覧（git の %B）", "their list (git's %B)"),
    ("merge-list.path", "メッセージに出すファイルの名前（git の %P）", "the list's name in messages (git's %P)"),
    (
        "review",
        "変更を施設ごとにまとめます（追加・変更・掲載の終わり・地図の上の動き）。プルリクエストを見る人のための文書です",
        "what a change does to the lists, facility by facility, for the person who decides on a pull request",
    ),
    (
        "review.base",
        "前の内容（git の版、サイトのフォルダー、一覧のファイル）",
        "before: a revision of git, a site's folder, or a list",
    ),
    (
        "review.head",
        "後の内容（省くと、いまのサイトのフォルダー）",
        "after: the same kinds (without it: the site's folder as it is)",
    ),
    ("review.format", "表示の形式（markdown か json）", "markdown or json"),
    (
        "review.out",
        "文書と、動いた施設の地図（SVG）を書き出すフォルダー",
        "folder for the document and the drawings of moves (SVG)",
    ),
    (
        "review.preview",
        "プレビューのアドレス（施設のページにリンクします）",
        "address of a preview, to link to the pages of facilities",
    ),
    (
        "verify",
        "公開したフォルダーが書き出したときのままかを確かめます",
        "checks a published folder against its manifest",
    ),
    ("verify.folder", "公開したフォルダー", "the published folder"),
];

fn text(place: &str, language: Language) -> Option<&'static str> {
    TEXTS.iter().find(|(name, _, _)| *name == place).map(|(_, ja, en)| pick(language, *ja, *en))
}

/// The whole command line, with its texts in one language.
pub(super) fn command(language: Language) -> Command {
    let mut command = Arguments::command();
    command.build();
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |sub| localised(sub, language));
    }
    localised(command, language)
}

fn localised(command: Command, language: Language) -> Command {
    let name = command.get_name().to_owned();
    let usage = pick(language, "使い方", "Usage");
    let (arguments, options, commands) =
        pick(language, ("引数", "オプション", "コマンド"), ("Arguments", "Options", "Commands"));
    let template = if command.has_subcommands() {
        format!("{{about}}\n\n{usage}: {{usage}}\n\n{commands}:\n{{subcommands}}\n\n{options}:\n{{options}}\n")
    } else if command.get_positionals().next().is_some() {
        format!("{{about}}\n\n{usage}: {{usage}}\n\n{arguments}:\n{{positionals}}\n\n{options}:\n{{options}}\n")
    } else {
        format!("{{about}}\n\n{usage}: {{usage}}\n\n{options}:\n{{options}}\n")
    };
    let mut command = command.help_template(template).about(text(&name, language));
    let ids: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    for id in ids {
        let words = text(&format!("{name}.{id}"), language).or_else(|| text(&id, language));
        command = command.mut_arg(id, |argument: Arg| argument.help(words).hide_default_value(false));
    }
    command
}

/// Prints what parsing came to: the help that was asked for, or what is wrong.
pub(super) fn answer(problem: &Error, terminal: &Terminal) -> Status {
    if matches!(problem.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        terminal.keep(problem.print());
        return terminal.finish(Status::Fine);
    }
    if terminal.language == Language::En {
        let _ = problem.print();
    } else {
        terminal.note(wrong_use(problem).trim_end());
    }
    Status::Refused
}

/// The parser speaks English only; these are its commonest complaints in Japanese.
fn wrong_use(problem: &Error) -> String {
    let named = |kind| match problem.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = named(ContextKind::InvalidArg);
    let claim = match problem.kind() {
        ErrorKind::UnknownArgument => format!("`{argument}` という指定はありません"),
        ErrorKind::InvalidSubcommand => {
            format!("`{}` というコマンドはありません", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("`{argument}` が必要です"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return problem.render().to_string();
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{}` は `{argument}` に使えません", named(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` と `{}` は一緒に使えません", named(ContextKind::PriorArg))
        }
        _ => return problem.render().to_string(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near: Vec<String> = near.into_iter().map(named).filter(|name| !name.is_empty()).collect();
    let hint = match near.first() {
        Some(name) => format!("`{name}` のことでしょうか"),
        None => "`sumika --help` で使い方を見られます".to_owned(),
    };
    format!("エラー: {claim}\n  = 対処: {hint}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Help and version flags are clap's own, with ids of their own.
    #[test]
    fn every_command_and_argument_has_its_text() {
        let mut command = command(Language::Ja);
        command.build();
        let mut missing = Vec::new();
        for sub in command.get_subcommands().chain([&command]) {
            missing.extend(sub.get_about().is_none().then(|| sub.get_name().to_owned()));
            let silent = sub.get_arguments().filter(|argument| argument.get_help().is_none());
            missing.extend(silent.map(|argument| format!("{}.{}", sub.get_name(), argument.get_id())));
        }
        assert!(missing.is_empty(), "{missing:?}");
        assert!(command.get_arguments().any(|argument| matches!(argument.get_action(), clap::ArgAction::Version)));
    }
}
