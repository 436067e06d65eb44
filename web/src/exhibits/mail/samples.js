/** Ready-made mails as people get them today, written for this page; good ones and others in turns, as in an inbox. */

/** @type {[subject: string, body: string][]} */
const WRITTEN = [
  [
    "Your parcel is on hold",
    `Dear customer,

your parcel could not be delivered because a customs fee of 1.99 EUR has not been paid. Confirm your address and pay the fee within 24 hours, otherwise the parcel will be returned to the sender and storage will be charged.

Pay now: http://parcel-release.example/pay?id=88213

This message was sent automatically. Your delivery team`,
  ],
  [
    "Class 4b: trip to the river on Thursday",
    `Dear parents,

on Thursday we go to the river with class 4b to look at what lives in the water. Please give your child boots, a rain jacket, a towel and something to eat. We leave at 8:15 from the school gate and are back at about 1:30 pm.

Those who have not handed in the slip yet: please send it with your child by Wednesday. If it pours, we go next week instead.

Kind regards,
Mrs Okafor`,
  ],
  [
    "LAST CHANCE: turn 250 into 9,300 in seven days",
    `Hello investor!

Our AI trading robot buys and sells Bitcoin for you while you sleep. Members made an average profit of 312% last month, GUARANTEED, with no experience and no risk. Only 17 places are left at this price!

Deposit just 250 dollars today and get a 100% bonus. Withdraw your profits any time.

>>> CLICK HERE TO START EARNING <<<

You receive this offer because you are a valued partner.`,
  ],
  [
    "Moving the review to Wednesday",
    `Hi team,

two of us are at the customer's on Tuesday, so I moved the review to Wednesday at 10. The agenda stays as it was: the import that failed on Friday, the new date picker, and who looks after the build in August.

Lena, could you bring the numbers from the load test? I put the notes from last time into the shared folder.

Thanks,
Marek`,
  ],
  [
    "Save 85% on all pills, no prescription needed",
    `Why pay more at the pharmacy?

Order the blue pill, sleeping tablets and weight loss capsules from our online store at the lowest prices on the web. No prescription, no questions, discreet packaging, free worldwide shipping on orders over $99.

Lose 10 kg in three weeks or your money back! Thousands of satisfied customers.

Buy now and get 20 extra pills for free: http://best-meds.example

To be removed from this list click here.`,
  ],
  [
    "Invoice 2026-0418 for April",
    `Dear Mr Brandt,

please find attached invoice 2026-0418 for the maintenance of your heating in April, in the amount of 184.50 EUR including VAT. As agreed, it is due within 30 days; nothing to do if you have given us a direct debit mandate.

The engineer noted that the filter should be replaced before winter. Shall we send you an offer for that?

Kind regards,
Ilse Hartmann
Hartmann Heating, accounts`,
  ],
  [
    "Overdue invoice INV-99231: final notice",
    `Dear Sir/Madam,

our records show that invoice INV-99231 for USD 4,870.00 remains unpaid. Open the attached document and enable editing to view the details. If payment is not made to the new bank account below by today, your case will be passed to our legal department and additional fees will apply.

Please note that our bank details have changed. Do not call, reply to this mail only.

Accounts Department`,
  ],
  [
    "Garden letter: what to sow in March",
    `Hello and welcome to the March letter,

the days get longer and the first seeds can go into the ground: broad beans, spinach and radishes outside, tomatoes and peppers on a warm window sill. This month Anna explains how to test whether old seed is still good, and a reader from Leeds shows the pond that she built out of an old sink.

Read the letter on our website, or come to the seed swap on the 21st in the town hall.

You get this letter once a month because you signed up for it. You can unsubscribe at any time at the link below.`,
  ],
  [
    "CONGRATULATIONS! You have been selected",
    `Dear winner,

your e-mail address was drawn in our international promotion and you have WON a brand new smartphone and a cash prize of 850,000.00 pounds!!! To claim your prize you must act immediately. Send your full name, address, telephone number and a copy of your passport to our claims agent, together with the processing fee of 95 pounds.

Keep this confidential until your claim has been processed.

Congratulations once again from all members of our staff.`,
  ],
  [
    "Your order 55120 is confirmed",
    `Thank you for your order, Sofia.

We have received it and will write again when it leaves our warehouse, most likely tomorrow.

1 x desk lamp, oak, 49.00
2 x LED bulb, warm white, 8.50 each
Shipping 4.90
Total 70.90, paid by card

It will be sent to the address in your account. Questions? Reply to this mail or call us on weekdays between 9 and 5.

The Lampshop team`,
  ],
  [
    "Your mailbox is full",
    `Dear user,

your mailbox has exceeded its storage limit (99.8% used) and 7 incoming messages are pending. To avoid that your account is deactivated, verify your password within 12 hours at the link below.

VERIFY MY ACCOUNT: http://mail-admin.example/login

Failure to verify will result in permanent loss of all your messages.

IT Help Desk, system administrator`,
  ],
  [
    "Saturday?",
    `Hey you,

are you two around on Saturday? We finally fixed the stove and I want to try that lentil thing from the book you gave me. Jonas brings his guitar, you have been warned. Come whenever, we eat at seven or when it is done.

And I still have your blue umbrella.

Hugs, Mia`,
  ],
  // A good one that looks like spam: a shop that its reader knows, as loud as such mails are.
  [
    "FREE coffee for you, only this weekend!!!",
    `Hi Nadia,

you did it: ten stamps on your card! Your next coffee is FREE, and because we turn five this weekend, every cake is 50% OFF. Only on Saturday and Sunday, while it lasts!!!

Just show this mail at the bar. No purchase necessary, and bring a friend, who gets the discount too.

See you soon,
Paolo and everybody at Corner Cafe, 12 Mill Lane`,
  ],
  // Spam that looks friendly: somebody who is in no hurry, and wants money in the end.
  [
    "Quick favour",
    `Hi,

sorry to bother you, I hope you had a good weekend. I am in a meeting until the afternoon and can not take calls. Could you do me a small favour and pick up a few gift cards for the team? I wanted it to be a surprise, so please keep it between us for now.

Just scratch them and send me photos of the codes, I pay you back tonight.

Thanks so much, you are a star.
Best, your boss`,
  ],
];

/** What is asked about each of them begins with its subject, as a model reads a mail. */
export const MAILS = WRITTEN.map(([name, body]) => ({ name, text: `${name}\n\n${body}` }));

/** What an export records the answers to. */
export const inputs = () => MAILS.map(({ text }) => ({ text }));
