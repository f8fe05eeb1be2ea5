import { ServiceFault } from '../../protocols/serviceFault';

/** Refusals of more than one operation; codes as on the wire, without the `Exception` of the SDK's shapes. */
export const validationError = (message: string) => new ServiceFault('ValidationError', message);
export const invalidConfiguration = (message: string) => new ServiceFault('InvalidConfigurationRequest', message);
export const resourceInUse = (message: string) => new ServiceFault('ResourceInUse', message);
export const notPermitted = (message: string) => new ServiceFault('OperationNotPermitted', message);

/** What AWS does and the practice cloud does not. */
export const notSimulated = (message: string) => new ServiceFault('UnsupportedOperation', message);
