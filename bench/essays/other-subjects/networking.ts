import { written, type OtherQuestion } from './written.js';

/** A course on computer networks and operating systems, in longer answers. */
export const NETWORKING: readonly OtherQuestion[] = [
  written(
    'networking/tcp',
    'Why is TCP called reliable while UDP is not?',
    [
      'TCP acknowledges segments and sends lost ones again, whereas UDP gives no guarantee that a datagram arrives.',
    ],
    [
      [
        5,
        'correct',
        'TCP uses acknowledgements and retransmits lost segments, but UDP does not guarantee the delivery of datagrams.',
      ],
      [
        5,
        'correct',
        'Both are transport protocols. [[In TCP every segment has to be acknowledged and is resent when it gets lost; UDP just sends and there is no guarantee that anything arrives.]] That is why video calls often use UDP.',
      ],
      [
        4.5,
        'correct',
        'With TCP, the receiver confirms what it got and what is missing is sent again. UDP packets may be lost without anybody noticing.',
      ],
      [3, 'partial', 'TCP acknowledges each segment.'],
      [2.5, 'partial', 'UDP gives no guarantee that data arrives.'],
      [2, 'partial', 'TCP sets up a connection with a three way handshake, UDP is connectionless.'],
      [
        0,
        'contradictory',
        'UDP acknowledges segments and sends lost ones again, whereas TCP gives no guarantee that a datagram arrives.',
      ],
      [
        0,
        'contradictory',
        'TCP never acknowledges segments and does not send lost ones again, and UDP guarantees that datagrams arrive.',
      ],
      [0, 'irrelevant', 'TCP is reliable and UDP is not reliable because of how the protocols are designed.'],
      [0, 'irrelevant', 'Port numbers identify the applications that use TCP and UDP.'],
      [1, 'irrelevant', 'UDP has a smaller header and is faster.'],
      [0, 'non-domain', 'I have not studied this.'],
    ],
  ),
  written(
    'networking/window',
    'What does the sender do with its congestion window when a timeout occurs, and what does a timeout indicate?',
    [
      'It shrinks the congestion window to one segment, because a timeout is a sign that the network is congested and packets were lost.',
    ],
    [
      [
        5,
        'correct',
        'The congestion window is reduced to one segment, since a timeout indicates packet loss due to congestion in the network.',
      ],
      [
        5,
        'correct',
        'It sets the window back to 1 segment. A timeout means that packets got lost because the network is congested.',
      ],
      [3, 'partial', 'It decreases the congestion window.'],
      [3, 'partial', 'A timeout indicates that the network is congested.'],
      [
        0,
        'contradictory',
        'It increases the congestion window by one segment, because a timeout is a sign that the network is not congested.',
      ],
      [
        1,
        'contradictory',
        'It doubles the congestion window because a timeout is a sign that the network is congested and packets were lost.',
      ],
      [2, 'contradictory', 'It shrinks the window to half, which is a sign that no packets were lost.'],
      [0, 'irrelevant', 'The sender and the receiver have windows.'],
      [0, 'irrelevant', 'When a timeout occurs the sender does something with its congestion window.'],
      [1, 'irrelevant', 'The timer is started again for the next packet.'],
      [4.5, 'correct', 'cwnd drops to 1 MSS; a timeout signals loss, i.e. the network is overloaded'],
      [0, 'non-domain', '-'],
    ],
  ),
  written(
    'networking/cache',
    'Why does a DNS resolver cache the answers it receives?',
    ['Caching answers repeated queries faster and takes load off the name servers.'],
    [
      [
        5,
        'correct',
        'With a cache, repeated queries are answered faster and the name servers have less load.',
      ],
      [
        5,
        'correct',
        'So that it can answer the same query more quickly the next time, and to reduce the traffic to the name servers.',
      ],
      [3, 'partial', 'It makes repeated lookups faster.'],
      [3, 'partial', 'To reduce the load on the name servers.'],
      [0, 'contradictory', 'Caching makes repeated queries slower and puts more load on the name servers.'],
      [
        0,
        'contradictory',
        'It answers repeated queries faster but it increases the load of the name servers.',
      ],
      [0, 'irrelevant', 'The answers have a time to live after which they are deleted from the cache.'],
      [0, 'irrelevant', 'DNS translates names into IP addresses.'],
      [0, 'irrelevant', 'A DNS resolver caches the answers that it receives from the servers.'],
      [
        5,
        'correct',
        'DNS is a hierarchical system with root servers at the top. [[If a resolver keeps what it was told, the same question need not go to the name servers again, which spares them load and gives a quicker reply.]] Entries expire after their TTL.',
      ],
      [0, 'non-domain', 'because of the internet'],
      [
        4.5,
        'correct',
        'lower latency for names that were asked before and less load for authoritative servers',
      ],
    ],
  ),
  written(
    'networking/process-thread',
    'What do the threads of one process share, and what does each have for itself?',
    [
      'Threads of a process share its address space and open files, but each thread has its own stack and registers.',
    ],
    [
      [
        5,
        'correct',
        'They share the address space and open files; every thread has a stack and registers of its own.',
      ],
      [
        5,
        'correct',
        'Shared: memory (heap, globals) and file descriptors. Each thread has its own stack and its own registers.',
      ],
      [
        5,
        'correct',
        'All threads live in the same address space and use the same open files, while stack and registers are private to each thread.',
      ],
      [3, 'partial', 'Each thread has its own stack.'],
      [3, 'partial', 'The threads share the address space of the process.'],
      [
        0,
        'contradictory',
        'Threads share their stack and registers, but each has its own address space and open files.',
      ],
      [
        1,
        'contradictory',
        'Threads of a process do not share the address space, and each thread has its own stack and registers.',
      ],
      [0, 'irrelevant', 'Threads are lighter than processes and switching between them is cheaper.'],
      [0, 'irrelevant', 'A process can have many threads that run at the same time on several cores.'],
      [
        1,
        'contradictory',
        'Threads share the stack, but each thread has its own open files and its own address space.',
      ],
      [0, 'non-domain', 'n/a'],
      [0, 'irrelevant', 'The threads of one process share something and each has something for itself.'],
    ],
  ),
];
