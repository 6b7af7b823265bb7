import { execFileSync, spawnSync } from "node:child_process"
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  freePorts,
  makeTorFolder,
  startTor,
  type TorProcess,
  type TorUser,
  torUser,
  waitFor,
} from "./tor-process.ts"

/** A Tor network of this machine alone: one directory authority, three relays, and who is started on it. */
export interface TorNetwork {
  /** Where the network lies; removed by {@link close}. */
  readonly folder: string
  readonly user: TorUser | null
  /** Starts a tor on this network that is no relay: a client, an onion service, or both. */
  start(name: string, torrc: string): TorProcess
  close(): Promise<void>
}

const RELAYS = 3

/**
 * Starts the network and waits until its consensus lists every relay: an onion service or client that comes earlier
 * waits up to a minute and a half longer for its next try.
 */
export async function startTorNetwork(): Promise<TorNetwork> {
  const user = torUser()
  const folder = mkdtempSync(join(tmpdir(), "govah-tor-"))
  if (user !== null) chownSync(folder, user.uid, user.gid)
  // Whoever runs in a namespace of its own is a stranger here, and may pass to the sockets.
  chmodSync(folder, 0o711)
  const started: TorProcess[] = []
  const close = async (): Promise<void> => {
    for (const tor of started) await tor.kill()
    rmSync(folder, { recursive: true, force: true })
  }
  const [dirPort, ...orPorts] = (await freePorts(RELAYS + 2)) as [number, ...number[]]
  const common = await makeAuthority(join(folder, "authority"), dirPort, orPorts[0] as number, user)
  const start = (name: string, torrc: string): TorProcess => {
    const own = join(folder, name)
    const tor = startTor(own, `${common}\nDataDirectory ${own}\nNickname ${name}\n${torrc}`, user)
    started.push(tor)
    return tor
  }
  try {
    const authority = start("authority", `${relayLines(orPorts[0] as number)}\n${authorityLines(dirPort)}`)
    for (const [i, port] of orPorts.slice(1).entries()) start(`relay${i}`, relayLines(port))
    await waitFor(async () => (await countListed(dirPort)) > RELAYS, authority.log)
  } catch (error) {
    await close()
    throw error
  }
  return { folder, user, start, close }
}

/** Makes the authority's keys. @returns the lines of every torrc on this network. */
async function makeAuthority(
  folder: string,
  dirPort: number,
  orPort: number,
  user: TorUser | null,
): Promise<string> {
  const keys = join(folder, "keys")
  makeTorFolder(folder, user)
  makeTorFolder(keys, user)
  const made = spawnSync(
    "tor-gencert",
    ["--create-identity-key", "--passphrase-fd", "0", "-m", "12", "-a", `127.0.0.1:${dirPort}`].concat(
      "-i authority_identity_key -s authority_signing_key -c authority_certificate".split(" "),
    ),
    { cwd: keys, input: "for this test alone\n" },
  )
  if (made.status !== 0) throw new Error(`tor-gencert: ${made.stderr.toString()}`)
  if (user !== null) for (const name of readdirSync(keys)) chownSync(join(keys, name), user.uid, user.gid)
  const certificate = readFileSync(join(keys, "authority_certificate"), "utf8")
  const v3 = /fingerprint ([0-9A-F]{40})/.exec(certificate)?.[1]
  // Asked of tor itself, which makes its relay's key on the way; the authority named here is nobody.
  const listed = execFileSync(
    "tor",
    ["--ignore-missing-torrc", "-f", "/nonexistent", "--DataDirectory", folder].concat(
      ["--ORPort", `127.0.0.1:${orPort}`, "--Nickname", "authority", "--list-fingerprint", "--quiet"],
      ["--DirAuthority", `nobody 127.0.0.1:1 ${"F".repeat(40)}`],
    ),
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, HOME: folder }, ...user },
  )
  const fingerprint = (listed.trim().split("\n").at(-1) as string).replace(/^\S+\s/, "").replaceAll(/\s/g, "")
  return `${COMMON}
DirAuthority authority orport=${orPort} no-v2 v3ident=${v3} 127.0.0.1:${dirPort} ${fingerprint}`
}

// A network of four: vanguards need more relays than there are, and nobody waits for a measured uptime.
const COMMON = `TestingTorNetwork 1
ShutdownWaitLength 0
UseDefaultFallbackDirs 0
ClientUseIPv6 0
GeoIPFile /dev/null
GeoIPv6File /dev/null
NumCPUs 1
VanguardsLiteEnabled 0
PathsNeededToBuildCircuits 0.67
TestingClientDownloadInitialDelay 0
TestingClientConsensusDownloadInitialDelay 0
TestingServerDownloadInitialDelay 0
TestingServerConsensusDownloadInitialDelay 0`

function relayLines(orPort: number): string {
  return `ORPort 127.0.0.1:${orPort}
Address 127.0.0.1
AddressDisableIPv6 1
AssumeReachable 1
ExitRelay 0
ExitPolicy reject *:*
ContactInfo nobody@example.invalid
SocksPort 0`
}

function authorityLines(dirPort: number): string {
  return `DirPort 127.0.0.1:${dirPort}
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
V3AuthVotingInterval 10 seconds
V3AuthVoteDelay 2 seconds
V3AuthDistDelay 2 seconds
V3AuthNIntervalsValid 3
TestingV3AuthInitialVotingInterval 10 seconds
TestingV3AuthInitialVoteDelay 2 seconds
TestingV3AuthInitialDistDelay 2 seconds
TestingDirAuthVoteGuard *
TestingDirAuthVoteHSDir *
TestingDirAuthVoteExit *
TestingMinExitFlagThreshold 0
TestingAuthDirTimeToLearnReachability 0 minutes
MinUptimeHidServDirectoryV2 0 minutes`
}

async function countListed(dirPort: number): Promise<number> {
  try {
    const url = `http://127.0.0.1:${dirPort}/tor/status-vote/current/consensus`
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return answer.ok ? ((await answer.text()).match(/^r /gm) ?? []).length : 0
  } catch {
    return 0
  }
}
