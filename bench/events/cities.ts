export interface City {
  city: string;
  country: string;
  lat: number;
  lon: number;
}

// The countries with the most events first, each with its cities: name, latitude, longitude.
const COUNTRIES: Readonly<Record<string, string>> = {
  'United States': `New York 40.7 -74.0, San Francisco 37.8 -122.4, Boston 42.4 -71.1, Chicago 41.9 -87.6,
    Seattle 47.6 -122.3, Austin 30.3 -97.7, Los Angeles 34.1 -118.2, Denver 39.7 -105.0, Atlanta 33.7 -84.4,
    Washington 38.9 -77.0, Philadelphia 40.0 -75.2, Dallas 32.8 -96.8, Houston 29.8 -95.4, Miami 25.8 -80.2,
    Portland 45.5 -122.7, Pittsburgh 40.4 -80.0, Minneapolis 45.0 -93.3, San Diego 32.7 -117.2`,
  'United Kingdom': `London 51.5 -0.1, Manchester 53.5 -2.2, Cambridge 52.2 0.1, Edinburgh 56.0 -3.2, Bristol 51.5 -2.6,
    Birmingham 52.5 -1.9, Leeds 53.8 -1.5, Glasgow 55.9 -4.3, Oxford 51.8 -1.3, Cardiff 51.5 -3.2, Belfast 54.6 -5.9,
    Liverpool 53.4 -3.0, Nottingham 53.0 -1.2`,
  Germany: `Berlin 52.5 13.4, Munich 48.1 11.6, Hamburg 53.6 10.0, Frankfurt 50.1 8.7, Cologne 50.9 7.0,
    Stuttgart 48.8 9.2, Leipzig 51.3 12.4, Dresden 51.1 13.7, Hannover 52.4 9.7, Karlsruhe 49.0 8.4, Aachen 50.8 6.1,
    Dortmund 51.5 7.5, Bremen 53.1 8.8`,
  France: `Paris 48.9 2.4, Lyon 45.8 4.8, Toulouse 43.6 1.4, Lille 50.6 3.1, Nantes 47.2 -1.6, Bordeaux 44.8 -0.6,
    Marseille 43.3 5.4, Nice 43.7 7.3, Strasbourg 48.6 7.8, Grenoble 45.2 5.7, Rennes 48.1 -1.7, Montpellier 43.6 3.9`,
  India: `Bangalore 13.0 77.6, Mumbai 19.1 72.9, Delhi 28.7 77.1, Hyderabad 17.4 78.5, Pune 18.5 73.9, Chennai 13.1 80.3,
    Kolkata 22.6 88.4, Ahmedabad 23.0 72.6, Jaipur 26.9 75.8`,
  Canada: `Toronto 43.7 -79.4, Vancouver 49.3 -123.1, Montreal 45.5 -73.6, Ottawa 45.4 -75.7, Calgary 51.0 -114.1,
    Waterloo 43.5 -80.5, Edmonton 53.5 -113.5, Halifax 44.6 -63.6`,
  Netherlands: `Amsterdam 52.4 4.9, Rotterdam 51.9 4.5, Utrecht 52.1 5.1, Eindhoven 51.4 5.5, Delft 52.0 4.4,
    Groningen 53.2 6.6, Leiden 52.2 4.5`,
  Spain: `Madrid 40.4 -3.7, Barcelona 41.4 2.2, Valencia 39.5 -0.4, Seville 37.4 -6.0, Bilbao 43.3 -2.9,
    Málaga 36.7 -4.4, Zaragoza 41.6 -0.9`,
  Australia: `Sydney -33.9 151.2, Melbourne -37.8 145.0, Brisbane -27.5 153.0, Perth -32.0 115.9, Adelaide -34.9 138.6,
    Canberra -35.3 149.1, Hobart -42.9 147.3`,
  Poland: `Warsaw 52.2 21.0, Kraków 50.1 19.9, Wrocław 51.1 17.0, Gdańsk 54.4 18.6, Poznań 52.4 16.9, Łódź 51.8 19.5,
    Katowice 50.3 19.0`,
  Sweden: `Stockholm 59.3 18.1, Gothenburg 57.7 12.0, Malmö 55.6 13.0, Uppsala 59.9 17.6, Linköping 58.4 15.6,
    Umeå 63.8 20.3`,
  Switzerland: `Zurich 47.4 8.5, Geneva 46.2 6.1, Basel 47.6 7.6, Lausanne 46.5 6.6, Bern 46.9 7.4, Lugano 46.0 9.0`,
  Italy: `Milan 45.5 9.2, Rome 41.9 12.5, Turin 45.1 7.7, Bologna 44.5 11.3, Florence 43.8 11.3, Naples 40.9 14.3,
    Padua 45.4 11.9`,
  Ireland: 'Dublin 53.3 -6.3, Cork 51.9 -8.5, Galway 53.3 -9.0, Limerick 52.7 -8.6',
  Brazil: `São Paulo -23.6 -46.6, Rio de Janeiro -22.9 -43.2, Belo Horizonte -19.9 -43.9, Curitiba -25.4 -49.3,
    Recife -8.1 -34.9, Campinas -22.9 -47.1`,
  Japan:
    'Tokyo 35.7 139.7, Osaka 34.7 135.5, Kyoto 35.0 135.8, Fukuoka 33.6 130.4, Nagoya 35.2 136.9, Sapporo 43.1 141.4',
  Singapore: 'Singapore 1.4 103.8',
  Austria: 'Vienna 48.2 16.4, Graz 47.1 15.4, Linz 48.3 14.3, Salzburg 47.8 13.0, Innsbruck 47.3 11.4',
  Belgium: 'Brussels 50.9 4.4, Antwerp 51.2 4.4, Ghent 51.1 3.7, Leuven 50.9 4.7, Liège 50.6 5.6',
  Denmark: 'Copenhagen 55.7 12.6, Aarhus 56.2 10.2, Odense 55.4 10.4, Aalborg 57.0 9.9',
  Portugal: 'Lisbon 38.7 -9.1, Porto 41.1 -8.6, Braga 41.5 -8.4, Coimbra 40.2 -8.4, Aveiro 40.6 -8.7',
  Mexico:
    'Mexico City 19.4 -99.1, Guadalajara 20.7 -103.3, Monterrey 25.7 -100.3, Puebla 19.0 -98.2, Querétaro 20.6 -100.4',
  'Czech Republic': 'Prague 50.1 14.4, Brno 49.2 16.6, Ostrava 49.8 18.3, Plzeň 49.7 13.4',
  Norway: 'Oslo 59.9 10.8, Bergen 60.4 5.3, Trondheim 63.4 10.4, Stavanger 59.0 5.7',
  Finland: 'Helsinki 60.2 24.9, Tampere 61.5 23.8, Turku 60.5 22.3, Oulu 65.0 25.5',
  Hungary: 'Budapest 47.5 19.0, Szeged 46.3 20.1, Debrecen 47.5 21.6, Pécs 46.1 18.2',
  Romania: 'Bucharest 44.4 26.1, Cluj-Napoca 46.8 23.6, Iași 47.2 27.6, Timișoara 45.8 21.2',
  Israel: 'Tel Aviv 32.1 34.8, Haifa 32.8 35.0, Jerusalem 31.8 35.2',
  'South Africa': 'Cape Town -33.9 18.4, Johannesburg -26.2 28.0, Durban -29.9 31.0, Pretoria -25.7 28.2',
  'New Zealand':
    'Auckland -36.8 174.8, Wellington -41.3 174.8, Christchurch -43.5 172.6, Dunedin -45.9 170.5',
  Estonia: 'Tallinn 59.4 24.8, Tartu 58.4 26.7',
  Iceland: 'Reykjavík 64.1 -21.9, Akureyri 65.7 -18.1',
};

/** About two hundred, those with the most events first. */
export const CITIES: readonly City[] = Object.entries(COUNTRIES).flatMap(([country, cities]) =>
  cities.split(',').map((entry) => {
    const [, city, lat, lon] = /^\s*(.+) (\S+) (\S+)$/.exec(entry)!;
    return { city: city!, country, lat: Number(lat), lon: Number(lon) };
  }),
);
