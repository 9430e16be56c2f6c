export * from './messages';
export { validateServerMessage } from './validators';

/** The version that `hello` names; kProtocolVersion of shared/protocol/messages.hpp. */
export const protocolVersion = 1;
