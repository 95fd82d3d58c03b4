// One old Chromium, and whoever sits before it: reads on standard input where the console is, who works there and which
// cases wait, plays the scenes, and says of each that it went through. The last line is what the browser complained of.
'use strict';

const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const puppeteer = require('puppeteer-core');

const PATIENCE = 60000; // milliseconds: a loaded machine is no fault of the page
const DESK = {width: 1366, height: 768};
const PHONE = {width: 390, height: 700};
const FINDING = '#ISSUE-findings-0-';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote', '--hide-scrollbars'];

/** The program out of the package, unpacked beside it once. */
function unpacked(name) {
    const program = path.join(path.dirname(require.resolve(`${name}/package.json`)), 'unpacked-chromium');
    if (!fs.existsSync(program)) {
        const packed = fs.readFileSync(path.join(path.dirname(program), 'bin', 'chromium.br'));
        // Under its name only when it is whole: a run may end in the middle.
        fs.writeFileSync(`${program}.part`, zlib.brotliDecompressSync(packed), {mode: 0o755});
        fs.renameSync(`${program}.part`, program);
    }
    return program;
}

/** Somebody before a page of a browser with an empty profile. */
class Seat {
    constructor(page, console_, complaints) {
        this.page = page;
        this.console = console_;
        page.setDefaultTimeout(PATIENCE);
        page.on('pageerror', error => complaints.push(`script: ${error.message}`));
        page.on('console', said => {
            if (/Content[ -]Security[ -]Policy/.test(said.text())) complaints.push(`policy: ${said.text()}`);
        });
        page.on('request', asked => {
            if (!asked.url().startsWith(`${console_}/`)) complaints.push(`asked elsewhere: ${asked.url()}`);
        });
    }

    open(address) {
        return this.page.goto(this.console + address);
    }

    /** Do what leads to another page, and wait until that is there. */
    async follow(act) {
        await Promise.all([this.page.waitForNavigation(), act()]);
    }

    async signIn(login, password, to) {
        await this.open(to);
        await this.page.type('#login', login);
        await this.page.type('#password', password);
        await this.follow(() => this.page.keyboard.press('Enter'));
        await this.at(to);
    }

    at(address) {
        return this.page.waitForFunction(wanted => location.pathname + location.search === wanted, {}, address);
    }

    says(text) {
        return this.page.waitForFunction(
            wanted => document.querySelector('main').textContent.includes(wanted), {}, text);
    }

    fill(field, text) {
        return this.page.type(FINDING + field, text);
    }

    async control(key) {
        await this.page.keyboard.down('Control');
        await this.page.keyboard.press(key);
        await this.page.keyboard.up('Control');
    }

    /** A page is never wider than its window. */
    async fits(window_) {
        await this.page.setViewport(window_);
        const over = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) throw new Error(`${this.page.url()} is ${over} pixels wider than ${window_.width}`);
    }
}

/** A department's officer finds something; what the check asks for is asked for, and the draft is kept meanwhile. */
async function answers(seat, given) {
    await seat.signIn('dept-officer', given.passwords['dept-officer'], '/tasks');
    await seat.page.keyboard.press('j');
    await seat.follow(() => seat.page.keyboard.press('Enter'));
    await seat.open(`/tasks/${given.task}`);
    await seat.page.keyboard.press('5');
    await seat.follow(() => seat.control('Enter'));
    await seat.page.click("a[href='#reason']");
    await seat.page.keyboard.type('尚待银行回函（试）');
    await seat.says('草稿已保存');
    await seat.page.keyboard.press('Tab');
    await seat.page.keyboard.press('2');
    await seat.page.click(`${FINDING}item input`);
    await seat.page.click(`${FINDING}subject-person`);
    await seat.fill('subject_id', given.number);
    await seat.page.click(`${FINDING}liable-true`);
    await seat.fill('anchor', '2026年3月2日');
    await seat.fill('issuer', '某机关（试）');
    await seat.fill('document_no', '试字〔2026〕1号');
    await seat.fill('fetched_on', '20260303');
    await seat.fill('text', '虚构的事实');
    await seat.fits(DESK);
    await seat.follow(() => seat.control('Enter'));
    await seat.says('提交并签字');
    await seat.says('2026-03-02');
    await seat.follow(() => seat.page.click('[data-continue]'));
    await seat.says('已存证');
}

/** The head reads the answer as a form, and confirms it. */
async function signs(seat, given) {
    await seat.signIn('dept-head', given.passwords['dept-head'], `/tasks?kind=reply-sign`);
    await seat.follow(() => seat.page.click('table.list a'));
    for (const said of ['有问题', '2026-03-02', '某机关（试）', '虚构的事实']) await seat.says(said);
    await seat.page.click('#outcome-CONFIRM');
    await seat.follow(() => seat.page.click('[data-continue]'));
    await seat.follow(() => seat.page.click('[data-continue]'));
    await seat.says('已存证');
}

/** The lists, the case and its course, at a desk and on a phone; then the same page in English. */
async function reads(seat, given) {
    await seat.signIn('evaluator', given.passwords.evaluator, '/tasks?view=all');
    const pages = ['/tasks?view=all', '/cases', `/cases/${given.case}`, `/cases/${given.case}/timeline`, '/letters', '/me', '/help'];
    for (const address of pages) {
        await seat.open(address);
        await seat.page.waitForSelector('main h1');
        await seat.fits(PHONE);
        await seat.fits(DESK);
    }
    await seat.open(`/cases/${given.case}`);
    await seat.follow(() => seat.page.click("a[href^='/language/en']"));
    await seat.page.waitForSelector("html[lang='en']");
    await seat.at(`/cases/${given.case}`);
    await seat.page.waitForFunction(() => !document.querySelector('main h1').textContent.includes('办件'));
}

async function main() {
    const given = JSON.parse(fs.readFileSync(0, 'utf8'));
    const complaints = [];
    const browser = await puppeteer.launch({executablePath: unpacked(given.browser), args: FLAGS, timeout: PATIENCE});
    try {
        process.stdout.write(`${await browser.version()}\n`);
        for (const scene of [answers, signs, reads]) {
            const context = await browser.createIncognitoBrowserContext();
            const page = await context.newPage();
            await page.setViewport(DESK);
            try {
                await scene(new Seat(page, given.console, complaints), given);
            } catch (error) {
                const shown = await page.evaluate(() => (document.querySelector('[role=alert]') || document.querySelector('main')).innerText.slice(0, 500));
                error.message = `${scene.name}, on ${page.url()}: ${error.message}\n${shown}`;
                throw error;
            }
            process.stdout.write(`scene ${scene.name}\n`);
            await context.close();
        }
    } finally {
        await browser.close();
    }
    process.stdout.write(`${JSON.stringify(complaints)}\n`);
}

main().catch(error => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
});
