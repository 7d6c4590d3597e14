//! Every diagnostic code with its severity. Codes are stable and never reused; wording is in `messages/`.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($name:ident = $number:literal $severity:ident),+ $(,)?) => {
        /// The only name of a kind of problem: `S0101`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u16)]
        #[expect(missing_docs, reason = "each code is documented, in two languages, in messages/*.toml")]
        pub enum Code {
            $($name = $number),+
        }

        impl Code {
            /// All codes in the order of their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The severity that the code has unless a stage says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$name => Severity::$severity),+
                }
            }
        }
    };
}

codes! {
    // 01: files and their bytes (messages/files.toml)
    NotAFile = 101 Error,
    FileTooLarge = 102 Error,
    EncodingUtf16 = 103 Error,
    EncodingIso2022Jp = 104 Error,
    EncodingEucJp = 105 Error,
    EncodingBinary = 106 Error,
    EncodingMixed = 107 Error,
    TwinNames = 108 Error,
    PictureUnreadable = 109 Error,
    FileNameUnusable = 110 Error,
    EncodingCp932 = 111 Note,

    // 02: TOML, YAML and typed fields (messages/fields.toml)
    TomlSyntax = 201 Error,
    YamlSyntax = 202 Error,
    YamlFeature = 203 Error,
    UnknownKey = 204 Error,
    MissingKey = 205 Error,
    WrongType = 206 Error,
    UnknownIdentifier = 207 Error,
    UnreadableDate = 208 Error,
    EmptyValue = 209 Error,
    NumberOutOfRange = 210 Error,
    DuplicateKey = 211 Error,
    HiddenCharacter = 212 Error,
    TooDeep = 213 Error,
    WebAddressUnusable = 214 Error,

    // 03: the configuration and single articles (messages/site.toml)
    NoConfiguration = 301 Error,
    LanguageTwice = 302 Error,
    LanguageUnknown = 303 Error,
    BaseUrlUnusable = 304 Error,
    ZoneUnknown = 305 Error,
    DurationUnreadable = 306 Error,
    MunicipalityCode = 307 Error,
    DeskUnreachable = 308 Warning,
    LanguageNotOfSite = 309 Error,
    FrontMatterMissing = 320 Error,
    FrontMatterUnclosed = 321 Error,
    SlugUnusable = 322 Error,
    AliasUnusable = 323 Error,
    ConsentMissing = 324 Error,
    ConsentEndsBefore = 325 Error,
    EventEndsBefore = 326 Error,
    ExpiresBefore = 327 Error,
    ImageAltMissing = 328 Warning,
    FolderMisspelt = 329 Error,
    EventOutsideAreas = 330 Warning,
    ConfirmedAhead = 331 Error,

    // 04: plans, and what refers to what (messages/references.toml)
    PlanTwice = 401 Error,
    EditionTwice = 402 Error,
    EditionUnknown = 403 Error,
    LeadUnknown = 404 Error,
    AreaUnknown = 405 Error,
    ArticleUnknown = 406 Error,
    AnchorUnknown = 407 Error,
    FacilityUnknown = 408 Error,
    AssetMissing = 409 Error,
    AddressTwice = 410 Error,
    EventUnknown = 411 Error,
    LinkNotYetPublic = 412 Error,
    LinkNoLongerPublic = 413 Warning,
    TranslationAlone = 414 Warning,
    PathUnusable = 415 Error,
    AddressUnknown = 416 Error,
    FiguresAbsent = 417 Warning,
    PictureWithoutConsent = 418 Warning,
    FileKindNotOffered = 419 Error,

    // 05: Markdown (messages/markdown.toml)
    AddressRefused = 501 Error,
    RawHtml = 502 Warning,
    HeadingEmpty = 503 Warning,
    HeadingSkipsLevel = 504 Warning,
    HeadingIsTitle = 505 Warning,
    HeadingIdTwice = 506 Warning,
    LinkTextVague = 507 Warning,
    LinkEmpty = 508 Warning,
    ImageWithoutWords = 509 Error,
    RemoteFile = 510 Error,
    RubyHalf = 511 Warning,
    FootnoteUnused = 512 Warning,
    FootnoteUnknown = 513 Warning,
    RawHtmlCleaned = 514 Warning,
    ShortcodeUnknown = 520 Error,
    ShortcodeSyntax = 521 Error,
    ShortcodeKeyUnknown = 522 Error,
    ShortcodeKeyMissing = 523 Error,
    ShortcodeKeyTwice = 524 Error,
    ShortcodeValue = 525 Error,
    ShortcodeUnclosed = 526 Error,
    ShortcodeStray = 527 Error,
    ShortcodeWithoutBody = 528 Error,
    ShortcodeBodyMissing = 529 Error,
    ShortcodeMisplaced = 530 Warning,
    MangaPageWithoutWords = 531 Error,

    // 06: tables and lists (messages/lists.toml)
    TableSeparator = 601 Error,
    TableQuoteOpen = 602 Error,
    TableQuoteStray = 603 Error,
    TableTooLong = 604 Error,
    TableTooWide = 605 Error,
    CellTooLarge = 606 Error,
    TableEmpty = 607 Error,
    HeadingsNotFound = 608 Error,
    HeadingMissing = 609 Error,
    HeadingTwice = 610 Error,
    HeadingUnknown = 611 Warning,
    TablePreamble = 612 Warning,
    RowRagged = 613 Error,
    HeadingAlmostGate = 614 Error,
    IdentifierForm = 620 Error,
    ColourForm = 621 Error,
    ColourTooLight = 622 Warning,
    TooManyColours = 623 Warning,
    CellRequired = 630 Error,
    CellMark = 631 Error,
    CellPlaceholder = 632 Warning,
    FacilityIdForm = 633 Error,
    FacilityIdScientific = 634 Error,
    FacilityIdTwice = 635 Error,
    FacilityIdRowNumber = 636 Warning,
    FacilityMaybeTwice = 637 Warning,
    CategoryUnknown = 638 Error,
    NamePlaceholder = 639 Error,
    StatusInName = 640 Warning,
    FacilityStatusUnknown = 641 Error,
    CoordinateUnreadable = 642 Error,
    CoordinateAlone = 643 Error,
    PositionZero = 644 Error,
    PositionSwapped = 645 Error,
    PositionOutsideJapan = 646 Error,
    PositionOutsideAreas = 647 Error,
    PositionOutsideButServes = 648 Warning,
    AreaDiffers = 649 Warning,
    ListAreaUnknown = 650 Error,
    PlaceMissing = 651 Warning,
    PhoneUnreadable = 652 Error,
    PostalCodeUnreadable = 653 Error,
    EmailUnusable = 654 Error,
    UrlUnusable = 655 Error,
    UrlIsEmail = 656 Error,
    HoursUnreadable = 657 Warning,
    ServiceUnknown = 658 Error,
    ServicesSeparator = 659 Error,
    ServiceTwice = 660 Error,
    ListDateUnreadable = 661 Error,
    VerifiedInFuture = 662 Error,
    ColumnOfOtherCategory = 663 Warning,

    // 07: areas, boundaries, map layers (messages/geo.toml)
    GeoJsonSyntax = 701 Error,
    GeoJsonTooDeep = 702 Error,
    GeoJsonNotACollection = 703 Error,
    GeoJsonIsTopoJson = 704 Error,
    GeoJsonCrs = 705 Error,
    FeatureMalformed = 706 Error,
    FeatureIsACollection = 707 Error,
    CoordinateNotANumber = 708 Error,
    CoordinateOffEarth = 709 Error,
    CoordinatesSwapped = 710 Error,
    CoordinateOutsideJapan = 711 Warning,
    RingTooShort = 712 Error,
    RingOpen = 713 Warning,
    TooManyFeatures = 714 Error,
    TooManyVertices = 715 Error,
    AreaIsNoPolygon = 720 Error,
    AreaHasNoGeometry = 721 Warning,
    AreaIdPropertyMissing = 722 Error,
    AreaIdEmpty = 723 Error,
    AreaIdUnusable = 724 Error,
    AreaNameMissing = 725 Error,
    AreaNamesDiffer = 726 Warning,
    AreasOverlap = 727 Warning,
    AreaWithoutShape = 728 Warning,
    AreaNotListed = 729 Warning,
    AreasNumberUnreadable = 733 Error,
    AreasYearTwice = 734 Error,
    LayerKindUnknown = 740 Warning,
    LayerShapeUnfit = 741 Warning,

    // 08: pictures (messages/pictures.toml)
    PictureIsSvg = 801 Error,
    NotAPicture = 802 Error,
    PictureStandsStill = 803 Note,

    // 09: themes (messages/theme.toml)
    ThemeUnknown = 901 Error,
    ThemeFileUnused = 902 Warning,
    TemplateSyntax = 903 Error,
    TemplateReference = 904 Error,
    TemplateRender = 905 Error,
    TemplateUndefined = 906 Error,
    FieldUnknown = 907 Warning,
    StringUnknown = 908 Error,
    StringUnused = 909 Warning,
    StringPlaceholder = 910 Error,
    StringsMissing = 911 Warning,
    TemplateUnused = 912 Warning,

    // 10: the output as a whole (messages/output.toml)
    OutputTwice = 1001 Error,
    OutputLinkBroken = 1002 Error,
    OutputAnchorBroken = 1003 Error,
    OutputIdTwice = 1004 Warning,

    // 11: publishing and verifying (messages/publish.toml)
    MachineRefused = 1101 Error,
    OutputForeign = 1102 Error,
    OutputStray = 1103 Error,
    OutputOverlaps = 1104 Error,
    SourceChanged = 1105 Error,
    ManifestMissing = 1106 Error,
    ManifestUnreadable = 1107 Error,
    PublishedMissing = 1108 Error,
    PublishedChanged = 1109 Error,
    PublishedExtra = 1110 Error,
    TooManyFiles = 1111 Error,
    InstantUnreadable = 1112 Error,
    UnknownCode = 1113 Error,
    RecordNotKept = 1114 Warning,
    OldReleaseLeft = 1115 Warning,
    PublishedUnsynced = 1116 Warning,
    ResultUnsaid = 1117 Error,

    // 12: importing open data (messages/import.toml)
    ImportPlaceholder = 1201 Warning,
    ImportNameless = 1202 Warning,
    ImportRowTwice = 1203 Warning,
    ImportPlaceless = 1204 Warning,
    ImportKindUnknown = 1205 Warning,
    ImportClosed = 1206 Warning,
    ImportNumberless = 1207 Warning,
    ImportPlaceZero = 1210 Warning,
    ImportPlaceAbroad = 1211 Warning,
    ImportPlaceSwapped = 1212 Warning,
    ImportPlaceOutside = 1213 Warning,
    ImportPlaceUnreadable = 1214 Warning,
    ImportPhoneSeveral = 1215 Warning,
    ImportPhoneNoAreaCode = 1216 Warning,
    ImportPhoneLostZero = 1217 Warning,
    ImportPhoneUnreadable = 1218 Warning,
    ImportPhoneShared = 1219 Warning,
    ImportUrlRepaired = 1220 Warning,
    ImportUrlIsMail = 1221 Warning,
    ImportUrlUnreadable = 1222 Warning,
    ImportPostalCode = 1223 Warning,
    ImportPaused = 1224 Warning,
    ImportIdUnstable = 1225 Warning,
    ImportNumberInWords = 1226 Warning,
    ImportHoursUncertain = 1227 Warning,
    ImportAddressCompleted = 1228 Note,
    ImportNothing = 1229 Warning,
    WorkbookUnreadable = 1230 Error,
    WorkbookTooLarge = 1231 Error,
    MappingUnreadable = 1232 Error,
    MappingName = 1233 Error,
    ImportMarkUnknown = 1234 Warning,
    ImportListUnreadable = 1235 Error,
    ImportTimesWrong = 1236 Warning,
    EventDayUnreadable = 1237 Warning,
    EventTimeInWords = 1238 Warning,
    ImportCategoryUnknown = 1239 Error,

    // 13: the canonical form of a list, and lists for the associations (messages/form.toml)
    ListCellTidied = 1301 Note,
    ListRowsSorted = 1302 Note,
    ListColumnsSorted = 1303 Note,
    ListFormTidied = 1304 Note,
    ListNotCanonical = 1305 Error,
    ListLeftAlone = 1306 Error,
    AssociationUnknown = 1307 Error,

    // 14: lists as a whole, their changes, merging, forms (messages/quality.toml, messages/changes.toml)
    ListUnconfirmed = 1401 Warning,
    ListNeverConfirmed = 1402 Warning,
    ListWithoutSource = 1403 Warning,
    ListMaybeSame = 1404 Warning,
    ListOnePoint = 1405 Warning,
    ListClosedInWords = 1406 Warning,
    ListConfirmedAfterClosing = 1407 Warning,
    ListHoursOdd = 1408 Warning,
    ListMisplaced = 1409 Error,
    ListCopyName = 1410 Warning,
    ListIsWorkbook = 1411 Error,
    ListRenumbered = 1420 Error,
    ListIdReused = 1421 Error,
    ListIdChanged = 1422 Warning,
    ListRowsVanished = 1423 Warning,
    ListMassChange = 1424 Warning,
    ListMovedAlone = 1425 Warning,
    BaseUnknown = 1426 Error,
    RevisionUnreadable = 1427 Error,
    MergeTwoValues = 1430 Error,
    MergeMarks = 1431 Error,
    FormUnknown = 1440 Error,
    FormAnswerMissing = 1441 Error,
    FormAnswerUnusable = 1442 Error,
    FormFacilityUnknown = 1443 Error,

    // 15: the awareness plan (messages/plans.toml)
    PlanWithoutGoal = 1501 Warning,
    GoalWithoutIndicator = 1502 Warning,
    GoalIndicatorUnknown = 1503 Error,
    IndicatorWithoutSource = 1504 Warning,
    HomeDeathsAsTarget = 1505 Error,
    GoalTwice = 1506 Error,
    StageWithoutAudience = 1507 Warning,
    StageWithoutViewpoint = 1508 Warning,
    StageGoalUnknown = 1509 Error,
    StageTwice = 1510 Error,
    StageEndsBefore = 1511 Error,
    StageOutsideYear = 1512 Error,
    StagesOverlap = 1513 Warning,
    EditionBeforeYear = 1514 Error,
    EditionAfterYear = 1515 Error,
    EditionsAtOneInstant = 1516 Error,
    LeadOfAnotherEdition = 1517 Error,
    EditionOfNoStage = 1518 Warning,
    EditionServesNoGoal = 1519 Warning,
    EditionOutsideStage = 1520 Warning,
    EventServesNoGoal = 1521 Warning,
    ReviewMissing = 1522 Warning,
    ReviewPartMissing = 1523 Warning,
    PlanOfAnotherYear = 1524 Error,
    GoalWithoutAnswer = 1525 Warning,
    GoalAnswerUnknown = 1526 Error,
    NewFolderNotEmpty = 1530 Error,
    NewFileThere = 1531 Error,
    NewAnswerUnusable = 1532 Error,
    NoPlanBefore = 1533 Error,
    PagesWithoutPlace = 1534 Error,
    MoreAnswersThanGuests = 1541 Warning,
    MoreSatisfiedThanAsked = 1542 Error,
    DeadlineAfterEvent = 1543 Warning,
    StatusUnexplained = 1544 Warning,
    ExpectedIndicatorUnknown = 1545 Error,
    ConsentNamesPerson = 1550 Warning,
    ConsentEndsSoon = 1551 Warning,
    TraceLeft = 1552 Error,
    PublishedIsNotNow = 1553 Error,
    PictureLeft = 1554 Error,
    ReleaseLeft = 1555 Error,

    // 16: figures, charts, the planners' report (messages/figures.toml)
    FigureIdUnusable = 1601 Error,
    FigureIdTwice = 1602 Error,
    IndicatorUnknown = 1603 Error,
    FigureYearUnreadable = 1604 Error,
    FigureAreaUnknown = 1605 Error,
    FigureNumberUnreadable = 1606 Error,
    FigureRowTwice = 1607 Error,
    FigureCellEmpty = 1608 Error,
    FigureUnexplained = 1609 Warning,
    FigureWithoutRows = 1610 Warning,
    FigureYearEmpty = 1611 Warning,
    FigureYearAhead = 1612 Warning,
    SharesDoNotAddUp = 1620 Error,
    CountsDoNotAddUp = 1621 Error,
    PeopleDiffer = 1622 Error,
    AreasBeyondWhole = 1623 Error,
    ShareBeyondWhole = 1624 Error,
    AnswerWithoutNumber = 1625 Error,
    CountBeyondPeople = 1626 Error,
    QuestionNotAsked = 1627 Error,
    ChartUnknown = 1640 Error,
    ChartQuestionUnknown = 1641 Error,
    ChartYearUnknown = 1642 Error,
    ReportInPublic = 1650 Error,

    // 17, first half: drawn maps and coverage (messages/drawing.toml)
    MapCrowded = 1700 Warning,
    MapNamesMissing = 1701 Warning,
    MapFormsAlike = 1702 Warning,
    AreasGap = 1703 Warning,

    // 17, second half: base maps and backgrounds (messages/basemap.toml)
    BaseArchiveForeign = 1750 Error,
    BaseArchiveVersion = 1751 Error,
    BaseArchiveCutShort = 1752 Error,
    BaseArchivePacking = 1753 Error,
    BaseArchiveTiles = 1754 Error,
    BaseArchiveDamaged = 1755 Error,
    BaseTilesDamaged = 1756 Error,
    BaseArchiveTooMuch = 1757 Error,
    BaseArchiveLayers = 1758 Warning,
    BaseArchiveElsewhere = 1759 Warning,
    BaseArchiveName = 1760 Warning,
    BaseCreditMissing = 1761 Warning,
    TilesUnusable = 1762 Error,
    TilesUnnamed = 1763 Error,
}

impl Code {
    /// The number after the `S`.
    #[must_use]
    pub fn number(self) -> u16 {
        self as u16
    }

    /// The code that is written like this: `S0101`, `s101`, `101`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches(['S', 's']);
        let number: u16 = digits.parse().ok()?;
        Self::ALL.iter().copied().find(|code| code.number() == number)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "S{:04}", self.number())
    }
}
