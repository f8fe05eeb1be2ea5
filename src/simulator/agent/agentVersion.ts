/** The SSM Agent of every practice instance. */
export const AGENT_VERSION = '3.3.3050.0';
