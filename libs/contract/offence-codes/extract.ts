/** A class of offences: the first three digits of the Home Office code, and its numbered subclasses. */
export interface OffenceClass {
  readonly group: string;
  readonly category: string;
  /** Targeted by the Neighbourhood Crime IOM Strategy 2020 (requirements §3.5, §3.7). */
  readonly neighbourhood?: true;
  readonly subclasses: Readonly<Record<string, string>>;
}

/**
 * The offences the project knows without a loaded list: all of neighbourhood crime, and what else is common among
 * managed people. Facts from the Home Office classification; `00` stands for a subclass that is not known.
 */
export const offenceClasses: Readonly<Record<string, OffenceClass>> = {
  '028': {
    group: 'Burglary',
    category: 'Burglary in a dwelling',
    neighbourhood: true,
    subclasses: {
      '00': 'Burglary in a dwelling',
      '01': 'Burglary with intent to commit an offence triable only on indictment',
      '02': 'Burglary with an offence triable only on indictment, violence or the threat of violence',
      '03': 'Other burglary in a dwelling',
    },
  },
  '029': {
    group: 'Burglary',
    category: 'Aggravated burglary in a dwelling',
    neighbourhood: true,
    subclasses: { '00': 'Aggravated burglary in a dwelling' },
  },
  '030': {
    group: 'Burglary',
    category: 'Burglary other than in a dwelling',
    neighbourhood: true,
    subclasses: {
      '00': 'Burglary other than in a dwelling',
      '01': 'Burglary with an offence, or intent to commit one, triable only on indictment',
      '02': 'Other burglary other than in a dwelling',
    },
  },
  '031': {
    group: 'Burglary',
    category: 'Aggravated burglary other than in a dwelling',
    neighbourhood: true,
    subclasses: { '00': 'Aggravated burglary other than in a dwelling' },
  },
  '034': {
    group: 'Robbery',
    category: 'Robbery and assault with intent to rob',
    neighbourhood: true,
    subclasses: {
      '00': 'Robbery and assault with intent to rob',
      '01': 'Robbery',
      '02': 'Assault with intent to rob',
      '03': 'Robbery and assault with intent to rob (Larceny Act 1916)',
    },
  },
  '037': {
    group: 'Theft and handling',
    category: 'Aggravated vehicle taking',
    neighbourhood: true,
    subclasses: {
      '00': 'Aggravated vehicle taking',
      '01': 'Aggravated vehicle taking causing death',
      '02': 'Aggravated vehicle taking with dangerous driving, injury or damage',
    },
  },
  '039': {
    group: 'Theft and handling',
    category: 'Theft from the person',
    neighbourhood: true,
    subclasses: { '00': 'Theft from the person' },
  },
  '045': {
    group: 'Theft and handling',
    category: 'Theft from vehicles',
    neighbourhood: true,
    subclasses: {
      '00': 'Theft from a vehicle',
      '10': 'Theft from a motor vehicle',
      '11': 'Theft from another vehicle',
    },
  },
  '048': {
    group: 'Theft and handling',
    category: 'Theft and unauthorised taking of motor vehicles',
    neighbourhood: true,
    subclasses: {
      '00': 'Theft or unauthorised taking of a motor vehicle',
      '01': 'Theft of a motor vehicle',
    },
  },
  '126': {
    group: 'Theft and handling',
    category: 'Interference with motor vehicles',
    neighbourhood: true,
    subclasses: { '00': 'Interference with a motor vehicle' },
  },
  '130': {
    group: 'Theft and handling',
    category: 'Unauthorised taking',
    neighbourhood: true,
    subclasses: {
      '00': 'Unauthorised taking',
      '01': 'Unauthorised taking of a motor vehicle',
      '02': 'Unauthorised taking of another conveyance',
      '03': 'Being carried in a vehicle known to have been taken',
    },
  },
  '001': {
    group: 'Violence against the person',
    category: 'Murder',
    subclasses: { '01': 'Murder of a person aged 1 year or over' },
  },
  '002': {
    group: 'Violence against the person',
    category: 'Attempted murder',
    subclasses: { '00': 'Attempted murder' },
  },
  '005': {
    group: 'Violence against the person',
    category: 'Wounding and acts endangering life',
    subclasses: { '01': 'Wounding with intent to do grievous bodily harm or resist apprehension' },
  },
  '008': {
    group: 'Violence against the person',
    category: 'Wounding and like offences',
    subclasses: {
      '01': 'Wounding or inflicting grievous bodily harm without intent',
      '06': 'Assault occasioning actual bodily harm',
      '20': 'Assault with intent to resist apprehension',
      '30': 'Putting people in fear of violence',
      '31': 'Breach of a restraining order',
      '65': 'Stalking involving fear of violence',
      '66': 'Stalking involving serious alarm or distress',
      '67': 'Controlling or coercive behaviour in an intimate or family relationship',
    },
  },
  '104': {
    group: 'Violence against the person',
    category: 'Assault on a constable',
    subclasses: { '23': 'Assault on a constable' },
  },
  '033': {
    group: 'Other indictable',
    category: 'Going equipped for stealing',
    subclasses: { '00': 'Going equipped for stealing' },
  },
  '040': {
    group: 'Theft and handling',
    category: 'Theft in a dwelling',
    subclasses: { '00': 'Theft in a dwelling other than from an automatic machine or meter' },
  },
  '041': {
    group: 'Theft and handling',
    category: 'Theft by an employee',
    subclasses: { '00': 'Theft by an employee' },
  },
  '044': {
    group: 'Theft and handling',
    category: 'Theft of pedal cycles',
    subclasses: { '00': 'Theft of a pedal cycle' },
  },
  '046': {
    group: 'Theft and handling',
    category: 'Shoplifting',
    subclasses: { '00': 'Theft from a shop or stall' },
  },
  '049': {
    group: 'Theft and handling',
    category: 'Other theft',
    subclasses: { '00': 'Other theft', '10': 'Theft (Theft Act 1968 s.1) not classified elsewhere' },
  },
  '054': {
    group: 'Theft and handling',
    category: 'Handling stolen goods',
    subclasses: { '01': 'Receiving stolen goods' },
  },
  '053': {
    group: 'Fraud forgery',
    category: 'Other frauds',
    subclasses: { '25': 'Making off without payment', '40': 'Fraud by false representation' },
  },
  '056': {
    group: 'Criminal damage',
    category: 'Arson',
    subclasses: { '00': 'Arson', '01': 'Arson endangering life', '02': 'Arson not endangering life' },
  },
  '058': {
    group: 'Criminal damage',
    category: 'Other criminal damage',
    subclasses: { '00': 'Other criminal damage' },
  },
  '080': {
    group: 'Other indictable',
    category: 'Absconding from lawful custody',
    subclasses: {
      '00': 'Absconding from lawful custody',
      '02': 'Unlawfully at large after temporary release',
    },
  },
  '083': {
    group: 'Other indictable',
    category: 'Offences relating to bail',
    subclasses: {
      '01': 'Absconding while on bail',
      '06': 'Unlawfully at large after recall (Criminal Justice Act 2003)',
    },
  },
  '092': {
    group: 'Drug offences',
    category: 'Misuse of drugs',
    subclasses: {
      '50': 'Possession of cocaine (class A)',
      '51': 'Possession of heroin (class A)',
      '54': 'Possession of crack cocaine (class A)',
      '61': 'Possession of cannabis (class B)',
      '70': 'Possession of cocaine with intent to supply (class A)',
      '71': 'Possession of heroin with intent to supply (class A)',
      '74': 'Possession of crack cocaine with intent to supply (class A)',
    },
  },
  '803': {
    group: 'Summary motoring offences',
    category: 'Driving after consuming alcohol or taking drugs',
    subclasses: { '01': 'Driving while unfit through drink or drugs' },
  },
  '807': {
    group: 'Summary motoring offences',
    category: 'Driving licence offences',
    subclasses: { '01': 'Driving while disqualified' },
  },
  '809': {
    group: 'Summary motoring offences',
    category: 'Vehicle insurance offences',
    subclasses: { '01': 'Using a motor vehicle uninsured against third party risks' },
  },
};
