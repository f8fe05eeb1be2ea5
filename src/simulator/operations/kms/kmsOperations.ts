import type { OperationTable } from '../operation';
import { aliasOperations } from './aliases';
import { cryptographicOperations } from './cryptography';
import { keyOperations } from './keys';

/** Everything that the simulated AWS KMS does. */
export const kmsOperations: OperationTable = { ...aliasOperations, ...cryptographicOperations, ...keyOperations };
