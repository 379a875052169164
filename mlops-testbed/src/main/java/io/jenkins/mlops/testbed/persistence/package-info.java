/** XML files as Jenkins keeps them: converters of XStream and the key of stored secrets. */
package io.jenkins.mlops.testbed.persistence;
