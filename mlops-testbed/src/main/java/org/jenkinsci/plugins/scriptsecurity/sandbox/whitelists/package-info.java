/** Doubles of Jenkins' script-security: what sandboxed scripts may call. */
package org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists;
