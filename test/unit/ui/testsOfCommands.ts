import type { CommandId } from '../../../src/ui/contributions';

/** A test by its file under `test` and its title. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** The test that walks the right path, and those that walk wrong ones. */
export type TestsOfCommand = readonly [right: NamedTest, wrong: NamedTest, other: NamedTest, ...more: NamedTest[]];

const tests = (file: string) => (title: string) => ({ file: `${file}.test.ts`, title });

const captures = tests('host/capture');
const captureFailures = tests('host/captureFailures');
const capturePair = tests('host/capturePair');
const endpointCommands = tests('host/endpointCommands');
const endpoints = tests('host/endpoints');
const instanceCommands = tests('host/instanceCommands');
const instances = tests('host/instances');
const look = tests('host/lookCommands');
const modify = tests('host/modifyCommands');
const networks = tests('host/networkCommands');
const peerings = tests('host/peeringCommands');
const practice = tests('host/practice');
const scopes = tests('host/scopes');
const services = tests('host/serviceCommands');
const shells = tests('host/shell');
const signIns = tests('host/signIn');
const changedEndpoints = tests('unit/app/operations/endpointChanges');
const connectEndpoints = tests('unit/app/operations/instanceConnectEndpoint');
const gatewayEndpoints = tests('unit/app/operations/gatewayEndpoint');
const interfaceEndpoints = tests('unit/app/operations/createInterfaceEndpoint');
const lookUps = tests('unit/app/operations/lookUps');
const networkPlans = tests('unit/app/operations/network/network');
const operations = tests('unit/app/operations/instances');
const removedEndpoints = tests('unit/app/operations/endpointRemoval');
const requests = tests('unit/app/requests/answerRequests');
const ruleChanges = tests('unit/app/operations/securityGroups');
const servicePlans = tests('unit/app/operations/services');
const store = tests('unit/app/endpointStore');
const tcpdumpInstalls = tests('unit/app/operations/installTcpdump');
const tags = tests('unit/app/operations/tagChange');
const arrangement = tests('unit/app/arrangement/arrangement');

const readOnlyServices = services('change nothing through a scope that is read-only, and say so');
const givenUpServices = services('change nothing when they are given up at their summary');
const changedServices = services('change acceptance, private name, principals and load balancers');
const lostService = services('say so when the service is gone in the meantime');
const serviceChange = [changedServices, givenUpServices, readOnlyServices, lostService] as const;

const readOnlyNetwork = networks('make nothing through a scope that is read-only, and say so');
const givenUpNetwork = networks('make nothing when they are given up at their summary');
const emptyNetwork = networks('say so when the scope has nothing to make them in');
const networkBlock = [networks('make each building block'), givenUpNetwork, readOnlyNetwork, emptyNetwork] as const;

const givenUpEndpoint = modify('change nothing when given up at their summary');
const readOnlyEndpoint = modify('change nothing through a scope that is read-only, and say so');
const lostEndpoint = modify('say so when the endpoint is gone in the meantime, and when there is none to change');
const endpointChange = [
  modify('change subnets, groups, private DNS and policy'),
  givenUpEndpoint,
  readOnlyEndpoint,
  lostEndpoint,
] as const;

const refresh = [
  look('read all anew, and show it without a word when there is nothing new'),
  store('keeps the old list beside the error, and forgets the error when it reads again'),
  store('forgets a scope that is gone, and keeps the others'),
] as const;
const group = [
  look('group a view, keep that when the question is dismissed, and show one list again'),
  look('ask which view when they are not told, and do nothing for one that is not there'),
  arrangement('does not trust what it finds in the memory'),
] as const;
const filter = [
  look('filter a view by a text, until it is cleared there'),
  look('keep the filter when the question is dismissed'),
  look('ask which view when they are not told, and do nothing for one that is not there'),
] as const;
const dismissedResource = look('ask for the resource when run from the palette, and do nothing when that is dismissed');
const copy = [
  look('copy the id, the ARN and the AWS CLI line of a resource'),
  dismissedResource,
  look('copy nothing of what has no such thing, and say so'),
] as const;
const dismissedScope = signIns('changes no scope when the question is dismissed');
const peeringMade = peerings('make nothing when given up, through a scope that is read-only, or where there is no VPC');
const idleInstances = instanceCommands(
  'start, stop and terminate nothing when given up or read-only, or when nothing fits',
);
const wrongState = operations('are refused in the wrong state, and on a scope that is read-only');
const stoppedInstance = instances('stop, start and are terminated');
const ruled = instances('take rules into their groups, and give them up');
const keptRules = instanceCommands('neither add nor remove rules when given up, read-only, or once the group is gone');

const options = tests('host/optionCommands');
const givenUpOptions = options('change nothing when given up at their summary');
const readOnlyOptions = options('change nothing through a scope that is read-only, and say so');
const lostOptions = options('say so when what they change is not there');
const optionChange = [
  options('change the DNS attributes of a VPC, and whom private DNS of S3 answers'),
  givenUpOptions,
  readOnlyOptions,
  lostOptions,
] as const;
const captureFiles = tests('host/captureFiles');
const fileReading = tests('unit/app/operations/captureFiles');
const wrongFiles = fileReading('say what is wrong: no capture, another link, too large, cut, no bytes to save');
const ledger = tests('unit/app/sessions/sessionLedger');

/** For each command the tests that prove it: a new one does not compile without, and titles that are not there fail. */
export const testsOfCommands: Readonly<Record<CommandId, TestsOfCommand>> = {
  'vpcLabs.capture.pair': [
    capturePair('opens two tabs side by side and starts both, each with what it exchanges with the other'),
    capturePair('begins nothing when one of its questions is dismissed'),
    capturePair('says that nobody can capture behind a service of AWS'),
  ],
  'vpcLabs.capture.open': [
    captureFiles('are shown in the panel and saved anew in each form'),
    captureFiles('say what is wrong with a file that is cut, and with one that is no capture'),
    wrongFiles,
  ],
  'vpcLabs.capture.save': [
    captureFiles('are shown in the panel and saved anew in each form'),
    captureFiles('cannot be saved as packets where there is text alone, nor without a capture'),
    wrongFiles,
  ],
  'vpcLabs.session.end': [
    shells('is listed under its scope when it could not be ended, and ended from there'),
    shells('is not asked for when none was left'),
    ledger('are listed with the reason, oldest first, and ended when they are asked for again'),
  ],
  'vpcLabs.network.changeDnsAttributes': optionChange,
  'vpcLabs.endpoint.modifyDnsOptions': optionChange,
  // Practice has no IPv6 to change to.
  'vpcLabs.endpoint.modifyAddressType': [
    changedEndpoints('is changed to another one only, by the flag that AWS has for it'),
    changedEndpoints('is refused where AWS has none such, without the right to, and through a read-only scope'),
    options('say so when the service offers no other addresses'),
    lostOptions,
  ],
  'vpcLabs.practice.start': [
    practice('has two accounts and fills the views'),
    practice('is started once: to start it again answers with the accounts that run'),
    practice('says so when a wizard that began in the old world ends in the new one'),
  ],
  'vpcLabs.practice.reset': [
    practice('is a fresh world after a reset'),
    practice('is left alone when the dialog of the reset is dismissed'),
    practice('says so when a wizard that began in the old world ends in the new one'),
  ],
  'vpcLabs.scope.add': [
    scopes('are added from a profile, and say in the tree what their backend cannot do'),
    scopes('are not added when what answers is no AWS: it is said once, and nobody is asked further'),
    scopes('are not added when the question for the region is dismissed'),
  ],
  'vpcLabs.scope.remove': [
    scopes('leave the views when they are removed'),
    dismissedScope,
    signIns('is removed from the palette'),
  ],
  'vpcLabs.scope.signIn': [
    signIns('is gone when it has been signed in again, without a refresh'),
    signIns('stays when signing in does not help, and is said once when the profile is gone'),
    signIns('is a line with a button, and nothing pops up'),
  ],
  'vpcLabs.scope.makeReadOnly': [
    signIns('leaves a scope that can be made read-only, and is then shown as such'),
    dismissedScope,
    signIns('makes no difference where a scope is that way already, and says so'),
  ],
  'vpcLabs.scope.allowChanges': [
    signIns('leaves a scope that can be made read-only, and is then shown as such'),
    dismissedScope,
    signIns('makes no difference where a scope is that way already, and says so'),
  ],
  'vpcLabs.endpoint.createInterface': [
    endpoints('are made with Enter throughout, and turn available'),
    endpoints('are not made when the wizard is given up, at its first question or its last'),
    interfaceEndpoints('takes its group away again when AWS refuses the endpoint'),
    interfaceEndpoints('keeps its group when the answer got lost, because the endpoint may exist'),
  ],
  'vpcLabs.endpoint.delete': [
    endpoints('are deleted after it, and leave the view'),
    endpoints('stay when the dialog that names what is lost is dismissed'),
    endpoints('may be gone already when they are to be deleted'),
    removedEndpoints('deletes nothing without the right to, or through a read-only scope'),
  ],
  'vpcLabs.endpoint.createGateway': [
    endpointCommands('make a gateway endpoint and an Instance Connect endpoint with Enter throughout, and show them'),
    endpointCommands('make nothing when a wizard is given up at its summary'),
    gatewayEndpoints('sees a table that has one already, before AWS refuses it by that name'),
    gatewayEndpoints('is not made without the right to'),
  ],
  'vpcLabs.endpoint.createInstanceConnect': [
    endpointCommands('make a gateway endpoint and an Instance Connect endpoint with Enter throughout, and show them'),
    endpointCommands('make nothing when a wizard is given up at its summary'),
    connectEndpoints('is one for each VPC: seen before, and said when AWS refuses'),
    connectEndpoints('is not made in a subnet that is gone, or without the right to'),
  ],
  'vpcLabs.endpoint.modifySubnets': endpointChange,
  'vpcLabs.endpoint.modifyRouteTables': [
    gatewayEndpoints('gives up its routes, and takes them again, with who is touched'),
    endpointCommands('change nothing while the choice is what it is already, and when given up'),
    lostEndpoint,
  ],
  'vpcLabs.endpoint.modifyGroups': endpointChange,
  'vpcLabs.endpoint.modifyPrivateDns': endpointChange,
  'vpcLabs.endpoint.editPolicy': [
    endpointCommands('edit a policy in a document that marks what AWS would refuse, and apply it after a comparison'),
    lostEndpoint,
    changedEndpoints('is refused while the endpoint is on its way, and when it is gone'),
  ],
  'vpcLabs.endpoint.resetPolicy': endpointChange,
  'vpcLabs.policy.apply': [
    endpointCommands('edit a policy in a document that marks what AWS would refuse, and apply it after a comparison'),
    changedEndpoints('is refused as a policy when AWS finds it malformed'),
    changedEndpoints('is asked for beforehand, and changes nothing through a read-only scope'),
  ],
  'vpcLabs.tags.edit': [
    modify('add a tag, and remove it'),
    readOnlyEndpoint,
    lostEndpoint,
    tags('are asked for beforehand, and refused for a resource that is gone or without the right to'),
  ],
  'vpcLabs.service.verifyName': [
    look('verify the name of a service, and say what it is not'),
    lookUps('does not find what does not exist or is not allowed, and says when the name is of another region'),
    lookUps('asks nobody for what is no name, and rejects when it may not ask'),
  ],
  'vpcLabs.address.find': [
    endpointCommands('find who has an address'),
    look('find nobody for an address that nobody has, say so, and ask nothing when dismissed'),
    lookUps('finds nobody for an address that nobody has, and rejects when it may not look'),
  ],
  'vpcLabs.endpoint.capture': [
    captures('of an endpoint asks for the instance and shows the way to it'),
    captures('of an endpoint begins nothing when the question for the instance is dismissed'),
    tests('unit/app/operations/captureCandidates')('say why not when the group of the endpoint lacks 443'),
  ],
  'vpcLabs.instance.capture': [
    captures('opens one tab beside what is being worked on, and shows the same one when asked again'),
    captures('says on its page why it cannot begin on an instance that Session Manager does not know'),
    captures('leaves no session when its tab is closed while one is being started'),
  ],
  'vpcLabs.instance.openShell': [
    shells('runs what is typed, and says when its session is over'),
    shells('says why there is none on an instance that Session Manager does not know'),
    shells('leaves no session when its tab is closed while it connects'),
  ],
  'vpcLabs.instance.launch': [
    instances('are launched with Enter throughout, and are online when that is done'),
    instances('are not launched when the wizard is given up'),
    idleInstances,
    operations('says what it has made when AWS refuses the launch, and takes it away again'),
  ],
  'vpcLabs.instance.start': [stoppedInstance, idleInstances, wrongState],
  'vpcLabs.instance.stop': [stoppedInstance, idleInstances, wrongState],
  'vpcLabs.instance.terminate': [
    stoppedInstance,
    instances('stay as they are when the dialog is dismissed, which names account and scope'),
    idleInstances,
    operations('take one that is gone already as terminated'),
  ],
  'vpcLabs.instance.attachProfile': [
    instanceCommands('attach a profile to an instance without one, and not when given up or read-only'),
    operations('is refused for one that wears another, and for a profile that does not exist'),
    operations('offers no profiles, instead of failing, to who may not list them'),
  ],
  'vpcLabs.instance.installTcpdump': [
    captureFailures('by tcpdump that is missing, and mended by its button'),
    captureFailures('by tcpdump that is missing, and given up when the question is dismissed'),
    tcpdumpInstalls('does not wait long for a repository that does not answer, and says so'),
    tcpdumpInstalls('is refused through a scope that is read-only'),
  ],
  'vpcLabs.instance.chooseShell': [
    instanceCommands('offer both ways to a shell: open the one that works, say why the other does not'),
    tests('unit/app/operations/instanceConnectShell')(
      'says why there is none: another VPC, still being made, failed, going, not running',
    ),
    tests('unit/app/operations/instanceConnectShell')('needs an AWS CLI that has the command'),
  ],
  'vpcLabs.role.create': [
    instanceCommands('make a role with Enter throughout'),
    instanceCommands(
      'make no role when given up, with a name that IAM does not take, or through a scope that is read-only',
    ),
    operations('is neither changed nor removed'),
    operations('half made is named as what is left'),
  ],
  'vpcLabs.securityGroup.create': [
    ruled,
    instanceCommands('make no security group when given up, read-only, or where there is no VPC'),
    ruleChanges('refuse a second group of one name, and see it while it is typed'),
  ],
  'vpcLabs.securityGroup.delete': [
    ruled,
    keptRules,
    ruleChanges('name what keeps a group from going, and are refused then'),
  ],
  'vpcLabs.securityGroup.addRule': [
    ruled,
    keptRules,
    ruleChanges('see a rule that is there already, which AWS refuses'),
  ],
  'vpcLabs.securityGroup.removeRule': [
    ruled,
    keptRules,
    ruleChanges('remove a rule of either direction; one that is gone is no error'),
  ],
  'vpcLabs.endpoints.refresh': refresh,
  'vpcLabs.instances.refresh': refresh,
  'vpcLabs.service.create': [
    services('make a service of a free load balancer with Enter throughout, and show it'),
    services('say so when there is nothing to offer, to change or to delete'),
    readOnlyServices,
    servicePlans('is allowed beforehand, and refused when the balancer serves another service'),
    servicePlans('cancelled while the load balancer is set up, says what exists and can remove all of it'),
  ],
  'vpcLabs.service.changeAcceptance': serviceChange,
  'vpcLabs.service.allowPrincipal': serviceChange,
  'vpcLabs.service.removePrincipal': serviceChange,
  'vpcLabs.service.changeLoadBalancers': [
    ...serviceChange,
    servicePlans('exchanges load balancers, but not while endpoints use them'),
  ],
  'vpcLabs.service.changePrivateDnsName': serviceChange,
  'vpcLabs.service.verifyPrivateDnsName': serviceChange,
  'vpcLabs.service.delete': [
    services('delete a service after one dialog that names who uses it, and not when it is dismissed'),
    services('say so when there is nothing to offer, to change or to delete'),
    servicePlans('says so when somebody has connected in the meantime, so that the question can be asked again'),
  ],
  'vpcLabs.loadBalancer.delete': [
    services('delete a load balancer that serves nothing'),
    services('keep a load balancer that serves, and say so'),
    services('say so when there is nothing to offer, to change or to delete'),
  ],
  'vpcLabs.services.refresh': refresh,
  'vpcLabs.services.groupBy': group,
  'vpcLabs.services.filter': filter,
  'vpcLabs.services.clearFilter': filter,
  'vpcLabs.pending.refresh': refresh,
  'vpcLabs.pending.groupBy': group,
  'vpcLabs.pending.filter': filter,
  'vpcLabs.pending.clearFilter': filter,
  'vpcLabs.request.accept': [
    services('answer requests from the palette after one dialog that names who asks, and not when it is dismissed'),
    requests('that were answered in the meantime are named, and the others are answered all the same'),
    requests('that their owner has deleted are named'),
    requests('are not answered through a read-only scope'),
  ],
  'vpcLabs.request.reject': [
    services('answer requests from the palette after one dialog that names who asks, and not when it is dismissed'),
    requests('rejects nothing by itself: a refusal of AWS comes back for each request'),
    requests('are not answered through a read-only scope'),
  ],
  'vpcLabs.peering.create': [
    peerings('make one with the first VPC that fits, accepted at once, with Enter throughout'),
    peeringMade,
    peerings('do not ask AWS for VPCs whose ranges overlap'),
  ],
  'vpcLabs.peering.accept': [
    peerings('accept a request from the palette after one dialog, and not when it is dismissed'),
    tests('unit/app/operations/planPeering')('cannot be accepted by the account that asked, nor once rejected'),
    tests('unit/app/operations/planPeering')(
      'names what exists when the accepter may not be changed, and takes it away',
    ),
  ],
  'vpcLabs.peering.reject': [
    peerings('reject one, after which there is nothing to answer'),
    tests('unit/app/operations/planPeering')('cannot be accepted by the account that asked, nor once rejected'),
    tests('unit/app/operations/planPeering')('are not deleted while rejected, and deleting them again is no error'),
  ],
  'vpcLabs.peering.route': [
    peerings('lead routes both ways, and say so when all do'),
    tests('unit/app/operations/planPeering')('leave no half of the routes unnamed when the second is refused'),
    tests('unit/app/operations/planPeering')('replace a route only when it leads nowhere, unless asked to'),
  ],
  'vpcLabs.peering.changeDns': [
    peerings('let names be answered privately, but not for a VPC without DNS host names'),
    tests('unit/app/operations/planPeering')(
      'answer names privately when each side says so, but not for a VPC without DNS host names',
    ),
    tests('unit/app/operations/planPeering')('does nothing through a scope that is read-only'),
  ],
  'vpcLabs.peering.delete': [
    peerings('delete one with its routes after a dialog, and not when it is dismissed'),
    tests('unit/app/operations/planPeering')(
      'are deleted with their routes, or leave black holes that are named before',
    ),
    tests('unit/app/operations/planPeering')('are not deleted while rejected, and deleting them again is no error'),
  ],
  'vpcLabs.peering.refresh': refresh,
  'vpcLabs.peering.groupBy': group,
  'vpcLabs.peering.filter': filter,
  'vpcLabs.peering.clearFilter': filter,
  'vpcLabs.network.create': [
    networks('ask what shall be made when they are not told, and make it with Enter throughout'),
    emptyNetwork,
    readOnlyNetwork,
  ],
  'vpcLabs.network.createVpc': networkBlock,
  'vpcLabs.network.createSubnet': networkBlock,
  'vpcLabs.network.createRouteTable': networkBlock,
  'vpcLabs.network.createRoute': networkBlock,
  'vpcLabs.network.changeRouteTable': networkBlock,
  'vpcLabs.network.createInternetGateway': [
    ...networkBlock,
    networks('name what is left of an internet gateway that AWS does not attach'),
  ],
  'vpcLabs.network.createNatGateway': [
    ...networkBlock,
    networkPlans('say why a NAT gateway fails, and leave its address to be given back'),
  ],
  'vpcLabs.network.createDhcpOptions': networkBlock,
  'vpcLabs.network.delete': [
    networks('delete what is chosen after one dialog, and not when it is dismissed'),
    emptyNetwork,
    networkPlans(
      'delete a VPC with what is in it, but touch nothing while something is in use, and say when it is gone',
    ),
  ],
  'vpcLabs.view.groupBy': group,
  'vpcLabs.view.filter': filter,
  'vpcLabs.view.clearFilter': filter,
  'vpcLabs.view.showMore': [
    look('show more of a list, once for each time it is asked, and nothing without one'),
    tests('unit/app/resourceListPages')(
      'keeps the rows that came before a failure, marked as incomplete, and reads all again when asked',
    ),
    tests('unit/app/resourceListPages')('is never known to be empty while a page is still to come'),
  ],
  'vpcLabs.endpoints.groupBy': group,
  'vpcLabs.endpoints.filter': filter,
  'vpcLabs.endpoints.clearFilter': filter,
  'vpcLabs.instances.groupBy': group,
  'vpcLabs.instances.filter': filter,
  'vpcLabs.instances.clearFilter': filter,
  'vpcLabs.resource.openJson': [
    look('open a resource as JSON that cannot be edited, but none that is gone'),
    dismissedResource,
    tests('unit/app/resourceAddresses')('is the id itself where AWS has no other, and unknown for what is no id'),
  ],
  'vpcLabs.resource.copyId': copy,
  'vpcLabs.resource.copyArn': copy,
  'vpcLabs.resource.copyDnsName': [
    look('copy the DNS name of a resource that has one'),
    dismissedResource,
    look('copy nothing of what has no such thing, and say so'),
  ],
  'vpcLabs.resource.copyDescribeCommand': copy,
  'vpcLabs.resource.openInConsole': [
    look('open the console for a scope of AWS, and say that it shows nothing of another'),
    dismissedResource,
    tests('unit/app/resourceAddresses')('is none on practice, on a local cloud, and for what is no id'),
  ],
  'vpcLabs.node.retry': [
    scopes('are asked again by the line that says what failed'),
    look('try again what failed, and nothing without a line'),
    signIns('stays when signing in does not help, and is said once when the profile is gone'),
  ],
  'vpcLabs.value.copy': [
    endpoints('give their values to the clipboard'),
    dismissedResource,
    look('copy no value without a line, or of one that has none'),
  ],
  'vpcLabs.log.show': [
    scopes('leave a log that can be shown'),
    look('show one log, however often it is asked for and with whatever'),
    look('show the same log after a command that failed'),
  ],
};
