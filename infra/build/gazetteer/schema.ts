/**
 * The gazetteer file. Coordinates of places are whole 1/100,000 of a degree, as exact as GeoNames gives them.
 * `name` finds a place by an exact or near spelling, `place_words` by the words in its name, the R-trees by position.
 */
export const schema = `
  create table meta(input_hash text not null);
  create table region(code text primary key, name text not null, capital_id integer) without rowid;
  create table country(code text primary key, capital_id integer) without rowid;
  create table district(id integer primary key, name text not null);
  create table place(
    id integer primary key,
    name text not null,
    latitude_e5 integer not null,
    longitude_e5 integer not null,
    feature_code text not null,
    country_code text not null,
    region_code text,
    district_id integer,
    district_rank integer,
    district_places integer,
    population integer not null,
    elevation_meters integer,
    other_names text,
    namesakes integer not null
  );
  create virtual table place_box using rtree(id, south, north, west, east);
  create virtual table city_box using rtree(id, south, north, west, east);
  create table name(key text not null, place_id integer not null, primary key (key, place_id)) without rowid;
  create virtual table place_words using fts5(
    words, content = '', detail = none, columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
  );
  create table area(id integer primary key, kind text not null, code text not null, name text not null, state text);
  create table outline(id integer primary key, area_id integer not null, corners blob not null);
  create virtual table outline_box using rtree(id, south, north, west, east);
`;
