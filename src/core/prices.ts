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

export const PRICES_AS_OF = '2026-11';
