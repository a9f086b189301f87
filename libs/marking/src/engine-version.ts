/** The version of everything that can change a proposal; it is stored with each one and part of each job's identity. */
export const ENGINE_VERSION = '0.15.0';
