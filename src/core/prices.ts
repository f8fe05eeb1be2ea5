/**
 * What AWS bills by the hour, in US dollars, us-east-1, data apart; other regions differ. From the pricing pages of AWS PrivateLink, Elastic
 * Load Balancing, Amazon VPC and Amazon EC2 (On-Demand, Linux) as of {@link PRICES_AS_OF}.
 */
export const hourlyPriceUsd = {
  /** For each zone, from creation to deletion, whatever the state. */
  interfaceEndpointZone: 0.01,
  networkLoadBalancer: 0.0225,
  natGateway: 0.045,
  publicAddress: 0.005,
  t3Micro: 0.0104,
} as const;

/** The same for the types that we offer; others cost something too. */
export const instanceHourlyPriceUsd: Readonly<Record<string, number>> = {
  't3.nano': 0.0052,
  't3.micro': hourlyPriceUsd.t3Micro,
  't3.small': 0.0208,
  't3.medium': 0.0416,
  't2.micro': 0.0116,
  't4g.micro': 0.0084,
  't4g.small': 0.0168,
};

export const PRICES_AS_OF = '2026-11';
