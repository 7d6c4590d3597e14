//! Open data: the public lists, areas and events as files, with a catalogue and the licence in words.
//!
//! There is one set of files, in the site's first language, however many languages the pages have.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::{events_file, figures, put_file};
use crate::area::AreaId;
use crate::check::Output;
use crate::config::Lang;
use crate::render::map::Frame;
use crate::render::maps::map_address;
use crate::render::open_data::{
    Catalogue, Dataset, Distribution, Records, areas_geojson, catalogue, csv, figures_csv, geojson, json, licence_text,
    workbook,
};
use crate::render::studio::Studio;
use crate::site::{Address, PageKind, Site};

/// A file of the open data, as its page lists it.
pub(in crate::render) struct OpenDataFile {
    /// Key of its name among the theme's strings.
    pub key: &'static str,
    /// What fills `{name}` in it: an area.
    pub area: Option<AreaId>,
    pub format: &'static str,
    pub address: Address,
    /// Identifier of its set of data.
    dataset: &'static str,
    media_type: &'static str,
}

/// The files, in the order of the page.
pub(in crate::render) fn data_files(site: &Site) -> Vec<OpenDataFile> {
    let file = |key, dataset, format, name, media_type| {
        let address = Address::file("data", name);
        OpenDataFile { key, area: None, format, address, dataset, media_type }
    };
    let list = |format, name, media_type| file("data_facilities", "facilities", format, name, media_type);
    let mut files = vec![
        list("CSV", "facilities.csv", "text/csv"),
        list("XLSX", "facilities.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        list("GeoJSON", "facilities.geojson", "application/geo+json"),
        list("JSON", "facilities.json", "application/json"),
    ];
    if site.public.areas.have_shapes() {
        files.push(file("data_areas", "areas", "GeoJSON", "areas.geojson", "application/geo+json"));
    }
    if figures_file(site).is_some() {
        files.push(file("data_figures", "figures", "CSV", "figures.csv", "text/csv"));
    }
    let address = events_file(site, site.public.config.default_language());
    let media_type = "text/calendar";
    files.push(OpenDataFile { key: "data_events", area: None, format: "iCal", address, dataset: "events", media_type });
    files.extend(map_files(site));
    files.push(file("data_catalog", "", "JSON-LD", "catalog.jsonld", "application/ld+json"));
    files.push(file("data_licence", "", "TXT", "licence.txt", "text/plain"));
    files
}

/// The numbers of indicators, surveys and lists, where there are any.
pub(in crate::render) fn figures_file(site: &Site) -> Option<Address> {
    (!site.figures.is_empty()).then(|| Address::file("data", "figures.csv"))
}

/// The maps for newsletters: all areas, and each one in two sizes.
fn map_files(site: &Site) -> Vec<OpenDataFile> {
    let file = |key, area: Option<&AreaId>, address| {
        let (dataset, media_type) = (MAPS, "image/svg+xml");
        OpenDataFile { key, area: area.cloned(), format: "SVG", address, dataset, media_type }
    };
    let drawn: Vec<&AreaId> =
        site.public.areas.iter().filter(|area| area.shape.is_some()).map(|area| &area.id).collect();
    let mut files = Vec::new();
    if !drawn.is_empty() {
        files.push(file("data_map_overview", None, Address::file("data/maps", "overview.svg")));
    }
    for id in drawn {
        for (key, folder, _) in SHEETS {
            files.push(file(key, Some(id), map_address(folder, id.as_str())));
        }
    }
    files
}

/// The identifier of the set of maps.
const MAPS: &str = "maps";
/// Folder and size of each kind of map.
const SHEETS: [(&str, &str, Frame); 2] =
    [("data_map_area", "areas", Frame::A4), ("data_map_column", "columns", Frame::COLUMN)];

fn map_svg(studio: &Studio<'_>, file: &OpenDataFile) -> Option<String> {
    let Some(id) = &file.area else { return studio.maps.overview_file(studio) };
    let (_, _, frame) = SHEETS.iter().find(|(key, ..)| *key == file.key)?;
    studio.maps.sheet_file(studio, id, *frame)
}

/// The name of a file, as the page and the catalogue show it.
pub(in crate::render) fn label(studio: &Studio<'_>, file: &OpenDataFile) -> String {
    match &file.area {
        Some(id) => studio.words().fill(file.key, &[("name", &studio.area_name(id))]),
        None => studio.word(file.key),
    }
}

/// Puts out the files, before the pages that name their sizes: bytes by path on the site. Each leaves memory as soon as
/// it is made.
pub(in crate::render) fn put_open_data(studio: &Studio<'_>, output: &mut Output<'_>) -> BTreeMap<String, usize> {
    let (maps, files): (Vec<OpenDataFile>, Vec<OpenDataFile>) =
        data_files(studio.site).into_iter().partition(|file| file.dataset == MAPS);
    let mut sizes = BTreeMap::new();
    let mut put = |address: &Address, bytes: Vec<u8>| {
        sizes.insert(address.path().to_owned(), bytes.len());
        put_file(output, address, bytes);
    };
    for some in maps.chunks(MAPS_AT_ONCE) {
        let drawn: Vec<Option<String>> = some.par_iter().map(|file| map_svg(studio, file)).collect();
        for (file, svg) in some.iter().zip(drawn) {
            if let Some(svg) = svg {
                put(&file.address, svg.into_bytes());
            }
        }
    }
    let contents = Contents::new(studio);
    for file in files {
        if let Some(bytes) = contents.of(file.address.path()) {
            put(&file.address, bytes);
        }
    }
    sizes
}

/// Maps that are drawn before they are put out.
const MAPS_AT_ONCE: usize = 16;

/// What the files that are no maps are made of.
struct Contents<'a> {
    studio: &'a Studio<'a>,
    title: String,
    licence: &'a str,
    records: Records,
    catalogue_of_site: Catalogue,
}

impl<'a> Contents<'a> {
    fn new(studio: &'a Studio<'a>) -> Self {
        let title = studio.word("data_facilities");
        let licence = &studio.config().licence.name;
        let (records, catalogue_of_site) = (records(studio.site, studio.lang), catalogue_of(studio));
        Self { studio, title, licence, records, catalogue_of_site }
    }

    /// The content of the file at this address; nothing for the calendar, which is written with the others.
    fn of(&self, path: &str) -> Option<Vec<u8>> {
        let Self { studio, title, licence, records, catalogue_of_site } = self;
        Some(match path {
            "/data/facilities.csv" => csv(records),
            "/data/facilities.xlsx" => workbook(records, title),
            "/data/facilities.geojson" => geojson(records, title, licence),
            "/data/facilities.json" => json(records, title, licence),
            "/data/areas.geojson" => areas_geojson(&studio.site.public.areas, &studio.word("data_areas"), licence),
            "/data/figures.csv" => figures_csv(&figures::rows(studio)),
            "/data/catalog.jsonld" => catalogue(catalogue_of_site),
            "/data/licence.txt" => licence_text(catalogue_of_site),
            _ => return None,
        })
    }
}

fn records(site: &Site, lang: &Lang) -> Records {
    let base = &site.public.config.base_url;
    let facilities = site.facilities.all.iter().map(|&no| {
        let page = site.address(&PageKind::Facility(no), lang).absolute(base);
        (&*site.facility(no).facility, page)
    });
    Records::new(facilities, &site.public.vocabulary, &site.public.areas)
}

fn catalogue_of(studio: &Studio<'_>) -> Catalogue {
    let (site, config) = (studio.site, studio.config());
    let municipalities: Vec<&str> = config.municipalities.iter().map(|one| one.name.as_str()).collect();
    let verified = site.public.facilities.iter().filter_map(|public| public.facility.verified_on).max();
    let files = data_files(site);
    let mut datasets: Vec<Dataset> = Vec::new();
    for file in files.iter().filter(|file| !file.dataset.is_empty()) {
        let is_map = file.dataset == MAPS;
        let distribution = Distribution {
            title: if is_map { label(studio, file) } else { file.format.to_owned() },
            address: file.address.absolute(&config.base_url),
            media_type: file.media_type.to_owned(),
        };
        match datasets.last_mut() {
            Some(dataset) if dataset.id == file.dataset => dataset.distributions.push(distribution),
            _ => datasets.push(Dataset {
                id: file.dataset.to_owned(),
                title: studio.word(if is_map { "data_maps" } else { file.key }),
                description: studio.word(if is_map { "data_maps" } else { file.key }),
                keywords: municipalities.iter().map(|&name| name.to_owned()).collect(),
                modified: if file.dataset == "facilities" { verified } else { None },
                distributions: vec![distribution],
            }),
        }
    }
    Catalogue {
        page: site.address(&PageKind::Data, studio.lang).absolute(&config.base_url),
        title: config.title.get(studio.lang).to_owned(),
        description: config.description.get(studio.lang).to_owned(),
        publisher: municipalities.join(studio.words().get("list_join")),
        licence: config.licence.name.clone(),
        licence_url: config.licence.url.clone(),
        datasets,
    }
}
