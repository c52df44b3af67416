/**
 * Currencies of ISO 4217 in use, by decimals of the minor unit. Those with four (CLF, UYW) are units of account that
 * an amount of at most three decimals (part 2, 1.2) cannot hold, so they are left out, as are metals and test codes.
 */
const CURRENCIES_BY_DECIMALS = [
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  '',
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
    'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR ' +
    'JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD ' +
    'NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN ' +
    'SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG',
  'BHD IQD JOD KWD LYD OMR TND',
] as const;

const DECIMALS: ReadonlyMap<string, number> = new Map(
  CURRENCIES_BY_DECIMALS.flatMap((codes, decimals) => codes.split(' ').map((code) => [code, decimals] as const)),
);

/** Decimals of a currency's minor unit: 2 for EUR, 0 for XPF. */
export function currencyDecimals(code: string): number | undefined {
  return code === '' ? undefined : DECIMALS.get(code);
}
