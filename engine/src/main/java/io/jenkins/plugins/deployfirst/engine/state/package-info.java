/** What an environment's host remembers: the journal, the validated SHA, who holds the lock. */
package io.jenkins.plugins.deployfirst.engine.state;
