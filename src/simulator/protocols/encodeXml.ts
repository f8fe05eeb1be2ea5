import type { ServiceFault } from './serviceFault';
import type { OperationModel, ServiceModel } from './serviceModels';
import { element, escapeText, writeStruct } from './xmlWriter';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes an operation's output as EC2 Query or AWS Query answers it. */
export function encodeXml(operation: OperationModel, output: unknown, requestId: string): string {
  const { name, service } = operation;
  const members = operation.output.isStructSchema() ? writeStruct(operation.output, output) : '';
  const content =
    service.protocol === 'ec2Query'
      ? element('requestId', requestId) + members
      : `${resultOf(operation, members)}<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`;
  return `${declaration}<${name}Response xmlns="${service.xmlNamespace}">${content}</${name}Response>`;
}

function resultOf(operation: OperationModel, members: string): string {
  return operation.output.isStructSchema() ? `<${operation.name}Result>${members}</${operation.name}Result>` : '';
}

/** Writes a refusal in the form that the service's protocol gives it. */
export function encodeXmlFault(service: ServiceModel, fault: ServiceFault, requestId: string): string {
  const { code, message, status } = fault;
  const error = element('Code', escapeText(code)) + element('Message', escapeText(message));
  if (service.protocol === 'ec2Query')
    return `${declaration}<Response><Errors><Error>${error}</Error></Errors>${element('RequestID', requestId)}</Response>`;
  const type = element('Type', status < 500 ? 'Sender' : 'Receiver');
  return `${declaration}<ErrorResponse xmlns="${service.xmlNamespace}"><Error>${type}${error}</Error>${element('RequestId', requestId)}</ErrorResponse>`;
}

/** A document of a REST service: one element in the service's namespace, of a structure's members or of ready content. */
export function encodeXmlDocument({ xmlNamespace }: ServiceModel, root: string, content: string): string {
  return `${declaration}<${root} xmlns="${xmlNamespace}">${content}</${root}>`;
}
