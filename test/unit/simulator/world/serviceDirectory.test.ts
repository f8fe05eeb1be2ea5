import assert from 'node:assert/strict';
import { covers } from '../../../../src/core/ipv4';
import {
  findDirectoryService,
  prefixListsOf,
  publicAddressesOf,
  serviceAtAddress,
  servicesOf,
} from '../../../../src/simulator/world/serviceDirectory';
import { homeRegion, practiceRegions } from '../../../../src/simulator/world/zones';

const allServices = practiceRegions.flatMap(at => servicesOf(at));
const isListed = (address: string) =>
  practiceRegions.some(at => prefixListsOf(at).some(({ cidrs }) => cidrs.some(cidr => covers(cidr, address))));

describe('the directory of public services', () => {
  it('gives each service addresses of its own', () => {
    const addresses = allServices.flatMap(service => service.publicAddresses);
    assert.equal(new Set(addresses).size, addresses.length);
    for (const service of allServices)
      for (const address of service.publicAddresses) assert.equal(serviceAtAddress(address), service);
  });

  it('keeps APIs outside of the prefix lists, and S3 and DynamoDB inside', () => {
    for (const { code, publicAddresses } of allServices)
      for (const address of publicAddresses) assert.equal(isListed(address), ['s3', 'dynamodb'].includes(code), code);
  });

  it('gives EC2 one address and S3 several', () => {
    assert.equal(publicAddressesOf('ec2.ap-south-1.amazonaws.com')?.length, 1);
    assert.equal(publicAddressesOf('EC2.ap-south-1.amazonaws.com.')?.length, 1);
    assert.equal(publicAddressesOf('s3.ap-south-1.amazonaws.com')?.length, 4);
    assert.equal(publicAddressesOf('mine.s3.ap-south-1.amazonaws.com')?.length, 4);
    assert.equal(publicAddressesOf('nobody.ap-south-1.amazonaws.com'), undefined);
  });

  it('finds the service of any address in its prefix list', () => {
    assert.equal(serviceAtAddress('52.219.64.200')?.code, 's3');
    assert.equal(serviceAtAddress('8.8.8.8'), undefined);
  });

  it('has private names for endpoints of EC2, none for DynamoDB', () => {
    const names = (code: string) => findDirectoryService(`com.amazonaws.${homeRegion}.${code}`)?.privateNames;
    assert.deepEqual(names('ec2'), ['ec2.ap-south-1.amazonaws.com']);
    assert.deepEqual(names('dynamodb'), []);
    assert.equal(publicAddressesOf('dynamodb.ap-south-1.amazonaws.com')?.length, 1);
  });
});
