/* oxlint-disable */
/** Written by apps/web/api-types.mjs from the API's OpenAPI document; changes by hand are lost. */
export interface paths {
  '/api/auth/sign-in/email': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sign in; a session cookie comes back */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['SignInRequest'];
        };
      };
      responses: {
        /** @description Who is signed in now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SignedIn'];
          };
        };
        /** @description Wrong e-mail address or password */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many attempts */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End the session */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Signed out */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Done'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/change-password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Change your own password; your other sessions end */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PasswordChange'];
        };
      };
      responses: {
        /** @description Changed */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Done'];
          };
        };
        /** @description The current password is wrong */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-in-ways': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How people can sign in here */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The ways */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SignInWays'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/sign-in/single-sign-on': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin to sign in by the university's own provider */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['SingleSignOnStart'];
        };
      };
      responses: {
        /** @description The address of the provider to go to */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SingleSignOnStarted'];
          };
        };
        /** @description There is no provider */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many attempts */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The provider cannot be reached */
        502: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/callback/single-sign-on': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where the provider sends people back to; a session cookie comes with the way on */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description To the page they were going to, or to the sign-in page with what was wrong */
        302: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description There is no provider */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who you are */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description You */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['MyAccount'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everybody with an account */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description People */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Person'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Make an account */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewPerson'];
        };
      };
      responses: {
        /** @description The account */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['AddedPerson'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description There is an account with this address */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{person}/role': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Give somebody another role; it holds from their next request on */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          person: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RoleChange'];
        };
      };
      responses: {
        /** @description The account */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Person'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such person */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Your own account */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/{person}/erase': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Erase for good who a person is and all they handed in; marks and the audit trail stay, without names */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          person: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PersonErasure'];
        };
      };
      responses: {
        /** @description What was erased */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PersonErased'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such person */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Another address than that of the account, or your own account */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/students': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who sits the exam, found by a part of name, student number or address */
    get: {
      parameters: {
        query?: {
          /** @description Words, all of which stand in name, student number or address */
          search?: string;
          limit?: number;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The first of them */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['FoundStudents'];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/import/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a file of people, or of extensions, would change */
    post: {
      parameters: {
        query?: {
          /** @description IANA name of the zone of times in the file that name none */
          zone?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'text/csv': string;
          'text/tab-separated-values': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      responses: {
        /** @description What is new, what changes, and which rows are wrong */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PeopleImport'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as a table */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No file of people or extensions */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/people/import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Do what the preview showed, all as one change or nothing; wrong rows are left out */
    post: {
      parameters: {
        query?: {
          /** @description IANA name of the zone of times in the file that name none */
          zone?: string;
          /** @description The reason of extensions whose row gives none */
          why?: string;
          /** @description Whether new accounts get a password; without one they come by single sign-on or a learning platform */
          passwords?: 'made-up' | 'none';
        };
        header: {
          /** @description The version that the preview told */
          'if-match': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'text/csv': string;
          'text/tab-separated-values': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      responses: {
        /** @description What was done */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PeopleImported'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Something else would change than the preview showed */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as a table */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No file of people or extensions, or an extension without a reason */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/conflicts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who must not mark whom, in every exam */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Conflicts of interest that hold now, newest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ConflictOfInterest'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Declare that somebody must not mark a student; they are shown none of that work from now on */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewConflictOfInterest'];
        };
      };
      responses: {
        /** @description What was declared */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ConflictOfInterest'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such person */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, declared already, or no marker and student */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/conflicts/{conflict}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Withdraw a conflict of interest; that it was declared stays in the trail */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          conflict: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['ConflictWithdrawal'];
        };
      };
      responses: {
        /** @description It holds no longer */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such conflict */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, withdrawn already, or your own */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your API tokens */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Tokens */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Token'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Make an API token; it may do what its scopes say, within what you may do */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewToken'];
        };
      };
      responses: {
        /** @description The token and, this once, its secret */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CreatedToken'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tokens/{token}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revoke one of your tokens */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          token: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Revoked */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such token of yours */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/schedule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** When the exam is open, what lateness costs, and which attempt counts */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The schedule, with your own deadline where you have an extension */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Schedule'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    /** Set opening, deadline and late policy; what is released already stays as it is */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewSchedule'];
        };
      };
      responses: {
        /** @description The schedule that holds now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Schedule'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or it would open after its deadline */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/extensions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which students have deadlines of their own, and why */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The latest word on each student */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Extension'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/extensions/{student}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Give a student a deadline of their own, or take it back */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          student: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewExtension'];
        };
      };
      responses: {
        /** @description What holds for the student now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Extension'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or student */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, a time that is no later than the deadline, or nothing to take back */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The exams open to you, with your own submissions or with the progress of marking */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Exams */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ExamSummary'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The paper: questions and marks, never the scheme */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The paper */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ExamPaper'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /**
         * @description Not open to students yet
         *
         *     Not open to this role or token
         */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    /** Put a new version of an exam */
    put: {
      parameters: {
        query?: {
          /** @description When a new exam opens to students; as soon as it is stored where left out */
          opens?: string;
        };
        header?: {
          /** @description * refuses where there is an exam of this name already */
          'if-none-match'?: string;
          /** @description The version that was changed, such as "3": refused where it is not the current one any more */
          'if-match'?: string;
        };
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/yaml': string;
        };
      };
      responses: {
        /** @description Nothing has changed */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PutExamResult'];
          };
        };
        /** @description A new version */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PutExamResult'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Changed since that version; `currentVersion` is the one that stands */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as application/yaml */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is wrong; errors at line and column */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Check a definition without storing it */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/yaml': string;
        };
      };
      responses: {
        /** @description What putting it would give */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PutExamResult'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as application/yaml */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is wrong; errors at line and column */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/definition': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The YAML of a version, the current one unless asked otherwise */
    get: {
      parameters: {
        query?: {
          version?: number;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The definition, scheme and all */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/yaml': string;
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or version */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All versions of an exam */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Versions */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ExamVersionSummary'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exam-schema': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The JSON Schema of the exam definition, for editors */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A JSON Schema */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              [key: string]: unknown;
            };
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exam-schema/layers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The layers that a network in an exam may have, with their arguments */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Layers by name */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['LayerWord'][];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/team': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who examines and marks the exam */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The team; without members everybody of the service who marks */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Team'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Name somebody, or give them another role; the first naming keeps the exam to its team, with you as examiner */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewTeamMember'];
        };
      };
      responses: {
        /** @description The team as it is now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Team'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam, or nobody with this address */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, they take the exam, may not examine, or nobody would examine any more */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    /** Open the exam to all markers and examiners of the service again */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description No team */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Team'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description It has no team */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/team/{person}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take somebody out of the team; what they marked stays */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          person: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The team as it is now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Team'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam, or not of the team */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Nobody would examine any more */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exam-drafts/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Look through a definition: what is wrong or unwise at its place, and the paper */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/yaml': string;
        };
      };
      responses: {
        /** @description What was found, also where the definition is wrong */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ExamDraft'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as application/yaml */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not UTF-8, or it takes too much time or memory */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many are looked through at the moment */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exam-drafts/answers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Try an answer: how it would be marked, with the evidence */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['AnswerToTry'];
        };
      };
      responses: {
        /** @description The proposals */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['TriedAnswer'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such part */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Definition and answer are too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition or the answer is wrong, or takes too much time or memory */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many are tried at the moment */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exam-drafts/documents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Read a document as one handed in is read, to try its text as an answer */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'multipart/form-data': {
            /** Format: binary */
            file: string;
          };
        };
      };
      responses: {
        /** @description Its text */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['TriedDocument'];
          };
        };
        /** @description The form cannot be read */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The file is too large, or has too much text */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The file is of no kind that is read */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The file cannot be read */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description This server reads no documents by itself */
        501: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Other documents are being read */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/submissions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Students: your own attempts; markers and examiners: those that count, by pseudonym */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Submissions */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SubmissionSummary'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Hand in a document */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The same key and the same file give the same receipt again; another file is refused */
          'Idempotency-Key'?: string;
        };
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'multipart/form-data': {
            /**
             * Format: binary
             * @description PDF, DOCX, Markdown, LaTeX, text, .ipynb, .py, PNG, JPEG or a ZIP of these
             */
            file: string;
          };
        };
      };
      responses: {
        /** @description Received and durable; marking goes on */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Accepted'];
          };
        };
        /** @description Malformed form or Idempotency-Key */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /**
         * @description Not open yet, or the deadline has passed; or not a student
         *
         *     Not open to this role or token
         */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The file is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not a document of a known format */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No file, an empty, broken or unsafe one, or a used Idempotency-Key */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a submission is, its receipt, and how it was split */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The submission */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Submission'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/split': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Say how the document is cut into answers: its student until the deadline, markers after it */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewCut'];
        };
      };
      responses: {
        /** @description The submission; what changed is being marked anew */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Submission'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not yours to say now */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Somebody else said so meanwhile, or the document was read anew */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Pieces that overlap, are out of order or not in the document, or of no part */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/original': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The file as it was uploaded, inert and without its name */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The bytes; PDF and pictures to look at, others to save */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/octet-stream': string;
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Erased */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/document': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The document as read; to markers with name and number blacked out */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The text, served so that no browser runs anything in it */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/plain': string;
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Erased */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/uploads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin an upload that can go on where it breaks off (tus 1.0.0) */
    post: {
      parameters: {
        query?: never;
        header: {
          /** @description filename, and sha256 (in hexadecimal) to have the whole checked; values in base 64 */
          'Upload-Metadata'?: string;
          'Upload-Length': number;
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Begun */
        201: {
          headers: {
            /** @description The address of the upload */
            Location?: string;
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /**
         * @description Not open yet, or the deadline has passed; or not a student
         *
         *     Not open to this role or token
         */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/uploads/{upload}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Give an upload up; what was handed in stays */
    delete: {
      parameters: {
        query?: never;
        header: {
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
          upload: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Its bytes are gone */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such upload, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Without Tus-Resumable */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    /** How far an upload is: the header Upload-Offset */
    head: {
      parameters: {
        query?: never;
        header: {
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
          upload: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description How far it is */
        200: {
          headers: {
            /** @description Bytes that are durable here */
            'Upload-Offset'?: number;
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such upload, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    /** Send further bytes (application/offset+octet-stream); with the last one the document is handed in */
    patch: {
      parameters: {
        query?: never;
        header: {
          'Upload-Offset': number;
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
          upload: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Durable up to Upload-Offset; with the last byte, tensormark-submission names the submission */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /**
         * @description The last byte came after the deadline
         *
         *     Not open to this role or token
         */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such upload, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not where it ends */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not a document of a known format */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description An empty, broken or unsafe document, or another SHA-256 than was said */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    trace?: never;
  };
  '/api/v1/exams/{exam}/uploads/{upload}/finish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The receipt of a whole upload; the same however often it is asked for */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          upload: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Received and durable; marking goes on */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Accepted'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such upload, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not whole yet */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohorts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Upload what a whole cohort handed in elsewhere; nothing is handed in yet */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'multipart/form-data': {
            /**
             * Format: binary
             * @description As Moodle, Gradescope or Canvas lays it out
             */
            file: string;
          };
        };
      };
      responses: {
        /** @description Whose each piece is, what is there already, what is refused */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cohort'];
          };
        };
        /** @description Malformed form */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The archive is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No form */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No file, an archive that is broken or unsafe, or of a layout that is not known */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohorts/{cohort}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Look at an uploaded archive again, by what is known now */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          cohort: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The same, anew */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cohort'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or archive, or another examiner's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohorts/{cohort}/take': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Hand in rows of the archive, each for the student that you name */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          cohort: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['TakeCohort'];
        };
      };
      responses: {
        /** @description What came of each; what was there already stays as it is */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CohortTaken'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or archive, or another examiner's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, a row that is not there, no student, or one student twice */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohort-uploads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begin an archive that can go on where it breaks off (tus 1.0.0) */
    post: {
      parameters: {
        query?: never;
        header: {
          /** @description filename, and sha256 (in hexadecimal) to have the whole checked; values in base 64 */
          'Upload-Metadata'?: string;
          'Upload-Length': number;
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Begun */
        201: {
          headers: {
            /** @description The address of the upload */
            Location?: string;
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohort-uploads/{cohort}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Give an archive up; what was taken from it stays */
    delete: {
      parameters: {
        query?: never;
        header: {
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
          cohort: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Its bytes are gone */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such archive, or another examiner's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Without Tus-Resumable */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    /** How far an archive is: the header Upload-Offset */
    head: {
      parameters: {
        query?: never;
        header: {
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
          cohort: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description How far it is */
        200: {
          headers: {
            /** @description Bytes that are durable here */
            'Upload-Offset'?: number;
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such archive, or another examiner's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    /** Send further bytes (application/offset+octet-stream) */
    patch: {
      parameters: {
        query?: never;
        header: {
          'Upload-Offset': number;
          'Tus-Resumable': '1.0.0';
        };
        path: {
          exam: string;
          cohort: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Durable up to Upload-Offset */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such archive, or another examiner's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not where it ends */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohort-uploads/{cohort}/finish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What is in an archive that is whole; nothing is handed in yet */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          cohort: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Whose each piece is, what is there already, what is refused */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Cohort'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or archive, or another examiner's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not whole yet */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Another SHA-256 than was said, an archive that is broken or unsafe, or of a layout that is not known */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/progress': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happens to a submission, as it happens (server-sent events): received, reading, split, marking, done or failed */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Events "progress", each with {step, marked, parts}; ends with the last */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/event-stream': string;
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many are watching; poll instead */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/marking-queue': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Answers to mark, most doubtful first; `x-total-count` has how many there are in all */
    get: {
      parameters: {
        query?: {
          part?: string;
          state?: 'awaiting' | 'marked' | 'all';
          /** @description Only those whose pseudonym has this in it */
          candidate?: string;
          limit?: number;
          offset?: number;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Answers */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['QueueEntry'][];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One answer beside what is proposed for it and what stands; its ETag is for If-Match */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The answer */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['AnswerForMarking'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/marks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirm the proposed mark or set another */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The ETag of the answer you were looking at; in place of `expectedCurrent`, or besides */
          'if-match'?: string;
        };
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewMark'];
        };
      };
      responses: {
        /** @description The mark that stands now */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Mark'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Somebody else decided, or the proposal changed, meanwhile; both sides are in the problem */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The answer is not as your If-Match says any more; both sides are in the problem */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The mark contradicts itself or the scheme */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Neither If-Match nor `expectedCurrent` says what you were looking at */
        428: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/marks/{mark}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take back the mark that stands: the answer has none until another is set, and its proposal stands again */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The ETag of the answer you were looking at; in place of `expectedCurrent`, or besides */
          'if-match'?: string;
        };
        path: {
          answer: string;
          mark: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['MarkWithdrawal'];
        };
      };
      responses: {
        /** @description The answer as it is then; its history still has the mark */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['AnswerForMarking'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer, or no such mark of it */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The mark does not stand any longer; what stands is in the problem */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The answer is not as your If-Match says any more; both sides are in the problem */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description It is released, or two people have marked the answer */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Neither If-Match nor `expectedCurrent` says what you were looking at */
        428: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/desk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Take the answer onto your desk, or keep it there; says who has it when a colleague does */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description On whose desk it lies now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Desk'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    /** Put the answer back; a colleague's stays where it is */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is not on your desk */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/suggestions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Accept or reject what is suggested for an item; marks are not touched */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewSuggestionDecision'];
        };
      };
      responses: {
        /** @description What stands now */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SuggestionDecision'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The proposal has changed meanwhile */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or nothing is suggested for the item */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/suggestion-acceptance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How often markers accepted what was suggested, by rubric item */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Items on whose suggestions somebody has decided */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ItemAcceptance'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/marked-examples': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where an essay says the same as sentences that markers accepted in other answers */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description At most one for each item; none before five answers to the part are marked by the scheme in force */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['MarkedExample'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/answer-groups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Unmarked answers to a part that are alike: same quantity, same error, same working */
    get: {
      parameters: {
        query: {
          part: string;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Groups of two and more, the largest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['AnswerGroup'][];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/answer-groups/marks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Decide once on answers that are alike; each gets a mark of its own */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['GroupDecision'];
        };
      };
      responses: {
        /** @description Which were marked, and which were passed over and why */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['GroupMarked'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The decision contradicts itself or the scheme */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/answer-groups/marks/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take back what one decision gave several answers; each has no mark then */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['GroupWithdrawal'];
        };
      };
      responses: {
        /** @description Which have none now, and which were passed over and why */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['GroupWithdrawn'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/shared-passages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What answers to a part share with each other and with the question, both texts side by side */
    get: {
      parameters: {
        query: {
          part: string;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description At most a hundred pairs, the longest row of words first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SharedPassages'];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or part */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/checks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a review of code looks for; a scheme may name these in its deductions */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Every check, by groups */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Check'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/checks/{check}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One check, with programs that have the fault and programs that have it not */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          check: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The check */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CheckInFull'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such check */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/comments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A question's bank of comments, shared by all who mark the exam */
    get: {
      parameters: {
        query: {
          question: string;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Comments, oldest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Comment'][];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Keep a comment for all who mark the exam */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewComment'];
        };
      };
      responses: {
        /** @description The comment; the one that was there, where it says the same */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Comment'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or the exam has no such question */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/comments/{comment}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Take a comment out of the bank; marks it was written into keep it */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          comment: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is no longer offered */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such comment */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/flags': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What markers ask each other: open flags, oldest first, or resolved ones */
    get: {
      parameters: {
        query?: {
          state?: 'open' | 'resolved';
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Flags */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Flag'][];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/colleagues': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who else marks the exam, to be asked about an answer */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Markers and examiners other than you */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Colleague'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/flags': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was asked about an answer, newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Flags */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Flag'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Ask a colleague, or whoever comes first, about an answer */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewFlag'];
        };
      };
      responses: {
        /** @description The flag */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Flag'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer or person */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No note, or nobody who can be asked about it */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/flags/{flag}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Reply to a flag with a note, or with a note and a mark */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The ETag of the answer you were looking at; in place of `expectedCurrent`, or besides */
          'if-match'?: string;
        };
        path: {
          flag: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['FlagAnswer'];
        };
      };
      responses: {
        /** @description The flag with the reply */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Flag'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such flag */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Somebody set another mark, or the proposal changed, meanwhile */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The answer is not as your If-Match says any more; both sides are in the problem */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Resolved already, your own, for somebody else, or a mark that contradicts the scheme */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Neither If-Match nor `expectedCurrent` says what you were looking at */
        428: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/flags/{flag}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Take back a flag of your own; that it was raised stays in the trail */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          flag: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['FlagWithdrawal'];
        };
      };
      responses: {
        /** @description The flag as it is now */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Flag'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such flag */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Resolved already, or somebody else's */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/scheme-changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All changes of the scheme and their undoing, newest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Changes */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SchemeChange'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Apply what was looked at, as one change */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewSchemeChange'];
        };
      };
      responses: {
        /** @description The change */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SchemeChange'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam, or not the draft that was put up last */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not marked whole yet, the exam was changed since, or people gave more than a part would give */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/scheme-changes/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who would change and by how much, who comes to another grade, whose mark stays */
    get: {
      parameters: {
        query?: {
          confirmed?: components['schemas']['ConfirmedMarks'];
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description What the changed version put up last would change */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PendingScheme'];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Mark everything handed in by a changed version, to see what it would change; changes nothing yet */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/yaml': string;
        };
      };
      responses: {
        /** @description What it would change, as far as it has been marked */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SchemePreview'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as application/yaml */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The definition is wrong, has other parts, or the scheme in force */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/scheme-changes/{change}/undo': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Undo the latest change, as a change of its own */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          change: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['UndoSchemeChange'];
        };
      };
      responses: {
        /** @description The change that undoes it */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SchemeChange'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or change */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not the latest, or undone already */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Show students their marks, where every part has been marked; says what is held back */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['ReleaseRequest'];
        };
      };
      responses: {
        /** @description What was released and what was not */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReleaseResult'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam, or a submission that is not of it */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/release-plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** When marks are to be released, what is in the way, and whose are withheld */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The plan */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReleasePlan'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    /** Have all marks released together at a time, or as soon after it as nothing is in the way */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewReleasePlan'];
        };
      };
      responses: {
        /** @description The plan; it takes the place of one that was there */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReleasePlan'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, no such time zone, or the time is past */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    /** Cancel the planned release */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description What is left: no plan */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReleasePlan'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No release is planned */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/withheld/{student}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Keep a student's result back from every release, or let it go */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          student: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['Withholding'];
        };
      };
      responses: {
        /** @description The plan, with those that are withheld */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReleasePlan'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam, or no such student of it */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or it is so already */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/excusals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is excused from the exam or from parts of it, and why */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Those that stand */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Excusal'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/excusals/{student}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Excuse a student from the exam or from one part, or take that back
     * @description What a student is excused from counts neither to their total nor to what it is out of. Where nothing is left that counts, a result that is out is hidden again; otherwise it stays as it is until marks are released again.
     */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          student: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewExcusal'];
        };
      };
      responses: {
        /** @description Those that stand now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Excusal'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam, student or part */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or it is so already */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Marks, reasons and evidence of one submission; to its student once released */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The report */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Report'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not released yet */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/findings.sarif': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was found in the code of one submission as SARIF 2.1.0; to its student once released */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The findings, with the answers that they stand in */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/sarif+json': string;
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not released yet */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/grade-report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Everybody, part by part: absent, pending, failed and 0 stay apart */
    get: {
      parameters: {
        query?: {
          format?: 'json' | 'csv' | 'xlsx' | 'canvas' | 'moodle' | 'blackboard';
          /** @description Whether `csv` begins with a byte-order mark, by which Excel knows UTF-8; no other format does */
          bom?: 'true' | 'false';
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description As JSON, or as a file in the format asked for */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['GradeReport'];
            'text/csv': string;
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
            'text/tab-separated-values': string;
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/grade-formats': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The formats in which the grade report can be had */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Formats */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['GradeFormatName'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/report.pdf': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Marks, reasons and evidence of one submission as PDF; to its student once released */
    get: {
      parameters: {
        query?: {
          /** @description The IANA name of the zone that times are told in */
          zone?: string;
        };
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The report, tagged for assistive technology */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/pdf': string;
          };
        };
        /** @description No such time zone */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not released yet */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many reports are being printed */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/cohort-report.pdf': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Distribution, item analysis and frequent errors as PDF; it names nobody */
    get: {
      parameters: {
        query?: {
          /** @description The IANA name of the zone that times are told in */
          zone?: string;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The report, tagged for assistive technology */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/pdf': string;
          };
        };
        /** @description No such time zone */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many reports are being printed */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/reports.zip': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The report of each released paper as PDF, and a list of those of whom there is none */
    get: {
      parameters: {
        query?: {
          /** @description The IANA name of the zone that times are told in */
          zone?: string;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description A ZIP archive, sent as it is printed */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/zip': string;
          };
        };
        /** @description No such time zone */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/grade-import/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What a file of grades, edited since it was exported, would change */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'text/csv': string;
          'text/tab-separated-values': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      responses: {
        /** @description What would change, and which rows are passed over */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['GradeImport'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as a file of grades */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No file of grades of this exam */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/grade-import': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Set the marks that the preview showed, all as one change or none */
    post: {
      parameters: {
        query: {
          /** @description The reason that each changed mark is given */
          why: string;
          /** @description What becomes of marks that were changed since the file was exported */
          conflicts?: 'keep' | 'overwrite';
        };
        header: {
          /** @description The version that the preview told */
          'if-match': string;
        };
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'text/csv': string;
          'text/tab-separated-values': string;
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': string;
        };
      };
      responses: {
        /** @description How many marks were set */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['GradesImported'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /**
         * @description A mark is of a student whom you must not mark
         *
         *     Not open to this role or token
         */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Marks were changed since the preview */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not sent as a file of grades */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No file of grades of this exam, or no reason */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/review-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was asked about a submission, and until when one may ask */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Requests, newest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SecondLooks'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Ask for a second look at a part, or one item of it, with the reason */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewReviewRequest'];
        };
      };
      responses: {
        /** @description The request */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReviewRequest'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission or part, or another student's */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not released, too late, asked before, or no reason */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/review-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Requests to answer, oldest first; `x-total-count` has how many there are in all */
    get: {
      parameters: {
        query?: {
          state?: 'open' | 'answered' | 'all';
          limit?: number;
          offset?: number;
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Requests */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReviewRequest'][];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/review-requests/{request}/answer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Keep the mark or change it, with the reason; by somebody other than who set it */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The ETag of the answer you were looking at; in place of `expectedCurrent`, or besides */
          'if-match'?: string;
        };
        path: {
          request: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['ReviewAnswer'];
        };
      };
      responses: {
        /** @description The request with its outcome */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ReviewRequest'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such request */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Somebody set another mark meanwhile */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The answer is not as your If-Match says any more; both sides are in the problem */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Answered already, your own mark, or no mark of this part */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Neither If-Match nor `expectedCurrent` says what you were looking at */
        428: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lti/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The keys that platforms check signatures of this server by */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The keys */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ToolKeys'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lti/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a platform sends people first; they go back there to be vouched for */
    get: {
      parameters: {
        query: {
          undefined: unknown;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description To the platform */
        302: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not the request of a learning platform */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** The same for platforms that send a form */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PlatformLoginRequest'];
        };
      };
      responses: {
        /** @description To the platform */
        302: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not the request of a learning platform */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lti/launch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Where a platform sends people with its word for who they are */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PlatformLaunch'];
        };
      };
      responses: {
        /** @description To the exam, or to the sign-in page with what was wrong */
        302: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not what a learning platform sends */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/learning-platforms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The learning platforms people come from, and what a platform has to be told of this server */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The platforms in use */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['LearningPlatforms'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Let people come from a learning platform (LTI 1.3) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewLearningPlatform'];
        };
      };
      responses: {
        /** @description The platform */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['LearningPlatform'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or the platform is known already */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/learning-platforms/{platform}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Let nobody come from it any more, and tell it nothing */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          platform: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is let go */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such platform */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/courses/{link}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A place in a course of a learning platform */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          link: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The place, and the exam it leads to */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Course'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such place */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/courses/{link}/exam': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Say which exam it leads to */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          link: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CourseExamChoice'];
        };
      };
      responses: {
        /** @description The place, with its exam */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Course'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such place or exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/courses': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The courses that lead to the exam, and which released grades they have */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description By course */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CourseGrades'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/courses/{link}/grades': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tell the platform the released grades now; it happens by itself within a minute */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          link: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description What it has now */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CourseGrades'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or place */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description It is being told already */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/courses/{link}/roster': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who takes the course, and what taking them over would do */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          link: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Nothing is changed by asking */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CourseRoster'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or place */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The platform does not tell */
        502: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Make accounts of the new students, and expect everybody in the exam */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          link: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description What was done */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CourseRoster'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or place */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The platform does not tell */
        502: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/platform-connection': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whom the visit that brought you here was vouched for as */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The platform, and what it calls you */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PlatformConnection'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No visit has brought you, or it is too long ago */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Yes, that is you: the platform signs you in from now on */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Where to go on */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['PlatformConnected'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No visit has brought you */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description They have another account here */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/item-analysis': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the parts did as questions: facility, discrimination, reliability, frequent errors */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The analysis, of marks that people have given */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ItemAnalysis'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/agreement': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How far the machine agrees with people who marked without its proposal */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Figures by part; null until enough answers bear them */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['MarkingAgreement'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/moderation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Answers whose two marks are too far apart, side by side, or what was decided */
    get: {
      parameters: {
        query?: {
          state?: 'open' | 'decided';
        };
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Open ones, oldest first, or decided ones, newest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ModerationCase'][];
          };
        };
        /** @description Invalid query */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/answers/{answer}/moderation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Decide between two marks, with the reason; by somebody who gave neither */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** @description The ETag of the answer you were looking at; in place of `expectedCurrent`, or besides */
          'if-match'?: string;
        };
        path: {
          answer: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewModeration'];
        };
      };
      responses: {
        /** @description What was decided */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ModerationCase'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such answer or second mark */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Another mark stands by now */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description The answer is not as your If-Match says any more; both sides are in the problem */
        412: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Decided already, one of them your own, or a mark that contradicts the scheme */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Neither If-Match nor `expectedCurrent` says what you were looking at */
        428: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/moderation-samples': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Samples of marks that somebody else gives too, and how far they agree by marker */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Samples, newest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ModerationSample'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    /** Take a sample of each marker's answers: highest, lowest, near boundaries, fails, and across the range; others mark them */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewModerationSample'];
        };
      };
      responses: {
        /** @description The sample */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ModerationSample'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, or nothing is left to sample */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/moderation-samples/{sample}/outcomes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Accept a marker's marks for a part, or have all that they marked of it marked by somebody else */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
          sample: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['SampleDecision'];
        };
      };
      responses: {
        /** @description The sample, with what was decided */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ModerationSample'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam or sample */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Invalid body, your own marks, or decided already */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/faults': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Submissions that a fault of the system kept from being marked */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Faults, the latest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Fault'][];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exams/{exam}/faults/run-again': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Have all of them done again; what went well before stays as it is */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          exam: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description How many were ordered */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['RunAgain'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such exam */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/run-again': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Have one of them done again; what went well before stays as it is */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description How many were ordered: 0 where it has not failed */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['RunAgain'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/submissions/{submission}/to-a-person': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Give a document that could not be split to the markers, as it was handed in */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          submission: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Its parts await a mark */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description No such submission */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description It has not failed, or is split already */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/device': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The compute device that was found */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The device */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Device'];
          };
        };
        /** @description Not signed in */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Not open to this role or token */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
        /** @description Too many requests */
        429: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/demonstration': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The demonstration's sign-ins, where the server is one and listens on loopback alone */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The sign-ins */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['DemonstrationAccounts'];
          };
        };
        /** @description This is no demonstration */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It does */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Live'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether requests can be served: the database answers */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description They can */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Ready'];
          };
        };
        /** @description The database does not answer */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['ProblemDetails'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    SignInRequest: {
      /** Format: email */
      email: string;
      password: string;
      rememberMe?: boolean;
    };
    SignedIn: {
      user: components['schemas']['Me'];
    };
    Me: {
      id: string;
      name: string;
      email: string;
      role: components['schemas']['Role'];
    };
    /** @enum {string} */
    Role: 'student' | 'marker' | 'examiner';
    Done: {
      /** @enum {boolean} */
      success: true;
    };
    PasswordChange: {
      currentPassword: string;
      newPassword: string;
    };
    /** @description How people sign in, besides by password */
    SignInWays: {
      singleSignOn: {
        name: string;
      } | null;
      /** @description Whether whoever asks is somebody already; who, /api/v1/me says */
      signedIn: boolean;
    };
    SingleSignOnStart: {
      /** @default / */
      to: string;
    };
    /** @description Where to go to sign in */
    SingleSignOnStarted: {
      /** Format: uri */
      url: string;
    };
    MyAccount: {
      id: string;
      name: string;
      email: string;
      role: components['schemas']['Role'];
      /** @description There may be exams that you mark, as a student of others too */
      marks: boolean;
    };
    Person: {
      id: string;
      name: string;
      email: string;
      role: components['schemas']['Role'];
      studentNumber: string | null;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      createdAt: string;
    };
    NewPerson: {
      name: string;
      /** Format: email */
      email: string;
      role: components['schemas']['Role'];
      studentNumber?: string;
      /** @description Made up at random when left out */
      password?: string;
    };
    AddedPerson: {
      id: string;
      name: string;
      email: string;
      role: components['schemas']['Role'];
      studentNumber: string | null;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      createdAt: string;
      /** @description The random password, shown this once; else null */
      password: string | null;
    };
    RoleChange: {
      role: components['schemas']['Role'];
    };
    PersonErasure: {
      /** @description Kept in the audit trail; name nobody in it */
      why: string;
      /**
       * Format: email
       * @description The address of the account, so that no slip erases another
       */
      email: string;
    };
    PersonErased: {
      /** @description Whose documents and texts are gone */
      submissions: number;
    };
    FoundStudents: {
      /** @description How many there are */
      count: number;
      /** @description The first of them, by name */
      students: components['schemas']['Student'][];
    };
    Student: {
      id: string;
      name: string;
      email: string;
      studentNumber: string | null;
    };
    /** @description What a file of people or extensions would change */
    PeopleImport: {
      /** @description Of all that would change; for If-Match when it is applied */
      version: string;
      /**
       * @description What the file is about, by its headings
       * @enum {string}
       */
      layout: 'people' | 'extensions';
      /** @description Rows that change something */
      rows: {
        /** @description Of the file, its headings being row 1 */
        row: number;
        /**
         * @description An account, or an extension
         * @enum {string}
         */
        kind: 'new' | 'changed';
        name: string;
        email: string;
        /** @description Of an extension */
        exam: string | null;
        differences: {
          /** @enum {string} */
          what: 'name' | 'role' | 'student number' | 'deadline';
          before: string | null;
          after: string | null;
        }[];
      }[];
      /** @description Rows that say what is so already */
      unchanged: number;
      /** @description Rows that nothing is done with, and why */
      wrong: {
        row: number;
        /** @description As the file calls it; null for the whole row */
        column: string | null;
        says: string;
      }[];
    };
    PeopleImported: {
      added: number;
      changed: number;
      extended: number;
      /** @description Those that were made up, shown this once */
      passwords: {
        row: number;
        name: string;
        email: string;
        password: string;
      }[];
    };
    ConflictOfInterest: {
      /** Format: uuid */
      id: string;
      marker: {
        id: string;
        name: string;
      };
      student: {
        id: string;
        name: string;
      };
      reason: string;
      by: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      at: string;
    };
    NewConflictOfInterest: {
      /** @description Who must not mark: the id of a marker or examiner */
      marker: string;
      /** @description Whose work: the id of a student */
      student: string;
      /** @description Kept in the audit trail; only examiners see it */
      reason: string;
    };
    ConflictWithdrawal: {
      /** @description Kept in the audit trail; only examiners see it */
      reason: string;
    };
    Token: {
      id: string;
      name: string;
      scopes: components['schemas']['Scope'][];
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      createdAt: string;
      expiresAt: string | null;
      lastUsedAt: string | null;
    };
    /**
     * @description read: look; submit: hand in; mark: confirm and change marks; manage: exams, releases, people
     * @enum {string}
     */
    Scope: 'read' | 'submit' | 'mark' | 'manage';
    NewToken: {
      name: string;
      scopes: components['schemas']['Scope'][];
      /** @default 90 */
      expiresInDays: number;
    };
    CreatedToken: {
      id: string;
      name: string;
      scopes: components['schemas']['Scope'][];
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      createdAt: string;
      expiresAt: string | null;
      lastUsedAt: string | null;
      /** @description Shown this once; send it as "Authorization: Bearer …" */
      secret: string;
    };
    Schedule: {
      opens: string | null;
      /** @description Everybody's */
      deadline: string | null;
      graceSeconds: number;
      late: components['schemas']['LatePolicy'];
      /**
       * @description last: the last attempt; last-on-time: the last by the deadline, or the last where none is
       * @enum {string}
       */
      counts: 'last' | 'last-on-time';
      /** @description The rules in words */
      says: string[];
      /** @description For a student with an extension: their own deadline */
      yours: string | null;
      /**
       * @description What handing in now would be
       * @enum {string}
       */
      now: 'not-open' | 'on-time' | 'late' | 'closed';
      /** @description When marks are to be released; null where that is not planned */
      marks: {
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
        zone: string;
      } | null;
      /** @description What you are excused from; null where that is nothing */
      excused: {
        everything: boolean;
        parts: string[];
      } | null;
    };
    LatePolicy:
      | {
          /** @enum {string} */
          kind: 'refused';
        }
      | {
          /** @enum {string} */
          kind: 'marked-late';
        }
      | {
          /** @enum {string} */
          kind: 'deducted';
          /**
           * @description Percent are of the marks available
           * @enum {string}
           */
          unit: 'points' | 'percent';
          amount: components['schemas']['Decimal'];
          /**
           * @description For each one begun
           * @enum {string}
           */
          per: 'hour' | 'day';
          /** @description In the same unit; null for no cap */
          most: components['schemas']['Decimal'] | null;
        };
    /** @description A decimal string with at most three places, such as "7.5" */
    Decimal: string;
    NewSchedule: {
      opens: string | null;
      deadline: string | null;
      graceSeconds: number;
      late: components['schemas']['LatePolicy'];
      /**
       * @description last: the last attempt; last-on-time: the last by the deadline, or the last where none is
       * @enum {string}
       */
      counts: 'last' | 'last-on-time';
    };
    Extension: {
      student: components['schemas']['Student'];
      deadline: string | null;
      reason: string;
      /** @description Name of the examiner */
      by: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      at: string;
    };
    NewExtension: {
      /** @description Null takes the extension back */
      deadline: string | null;
      reason: string;
    };
    ExamSummary: {
      id: string;
      title: string;
      version: number;
      totalMarks: components['schemas']['Decimal'];
      questions: number;
      /** @description What you are in it */
      role: components['schemas']['Role'];
      opens: string | null;
      /** @description For a student with an extension, their own */
      deadline: string | null;
      /**
       * @description What handing in now would be
       * @enum {string}
       */
      now: 'not-open' | 'on-time' | 'late' | 'closed';
      /** @description For students: their own, newest first */
      mySubmissions?: {
        id: string;
        attempt: number;
        state: components['schemas']['SubmissionState'];
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        receivedAt: string;
      }[];
      /** @description For markers and examiners: latest attempts */
      progress?: {
        submissions: number;
        released: number;
        parts: components['schemas']['PartCounts'];
      };
    };
    /** @enum {string} */
    SubmissionState: 'received' | 'working' | 'ready' | 'failed' | 'released';
    /** @description How many parts are in which state */
    PartCounts: {
      absent: number;
      pending: number;
      needsPerson: number;
      proposed: number;
      marked: number;
      failed: number;
      excused: number;
    };
    /** @description The exam as its students see it: never the scheme */
    ExamPaper: {
      title: string;
      totalMarks: components['schemas']['Decimal'];
      instructions: string | null;
      parts: {
        key: string;
        question: string;
        kind: components['schemas']['PartKind'];
        title: string | null;
        /** @description What stands above the parts of its question */
        questionPrompt: string | null;
        prompt: string;
        marks: components['schemas']['Decimal'];
        /** @description The code a critique is about */
        code: string | null;
        choices:
          | {
              id: string;
              says: string;
            }[]
          | null;
      }[];
      id: string;
      version: number;
      /**
       * @description For markers and examiners: how answers await a mark
       * @enum {string}
       */
      order?: 'most-doubtful-first' | 'shuffled';
    };
    /** @enum {string} */
    PartKind: 'essay' | 'numeric' | 'critique' | 'code' | 'choice';
    PutExamResult: {
      id: string;
      version: number;
      title: string;
      totalMarks: components['schemas']['Decimal'];
      /** @description What the examiner should know of the scheme */
      notes: string[];
    };
    ExamVersionSummary: {
      version: number;
      hash: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      createdAt: string;
      createdBy: string;
    };
    /** @description A layer by PyTorch's name */
    LayerWord: {
      name: string;
      arguments: {
        name: string;
        expects: string;
        /** @description As Python would write it; null where there is none */
        default: string | null;
      }[];
    };
    /** @description Who examines and marks an exam, where it is kept to a team */
    Team: {
      /** @description Empty: the exam is open to all markers and examiners of the service */
      members: {
        id: string;
        name: string;
        email: string;
        role: components['schemas']['TeamRole'];
        /** @description Who named them */
        by: string | null;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
        /** @description It is you */
        yours: boolean;
      }[];
    };
    /** @enum {string} */
    TeamRole: 'examiner' | 'marker';
    NewTeamMember: {
      /**
       * Format: email
       * @description Of somebody with an account, a student of other exams too
       */
      email: string;
      role: components['schemas']['TeamRole'];
    };
    /** @description A definition looked through; nothing is stored */
    ExamDraft: {
      /** @description Null while there are errors */
      paper: components['schemas']['DraftPaper'] | null;
      remarks: components['schemas']['DraftRemark'][];
    };
    /** @description An exam that is still being written, as its students would see it */
    DraftPaper: {
      title: string;
      totalMarks: components['schemas']['Decimal'];
      instructions: string | null;
      parts: {
        key: string;
        question: string;
        kind: components['schemas']['PartKind'];
        title: string | null;
        /** @description What stands above the parts of its question */
        questionPrompt: string | null;
        prompt: string;
        marks: components['schemas']['Decimal'];
        /** @description The code a critique is about */
        code: string | null;
        choices:
          | {
              id: string;
              says: string;
            }[]
          | null;
      }[];
    };
    DraftRemark: {
      /**
       * @description An error keeps the exam from being stored; advice does not
       * @enum {string}
       */
      severity: 'error' | 'advice';
      line: number;
      column: number;
      /** @description Where in the exam, such as `questions[1].ask[0].marks` */
      path: string;
      message: string;
    };
    AnswerToTry: {
      /** @description The YAML of the exam */
      definition: string;
      /** @description The part it answers; null for a whole document, which is split */
      part: string | null;
      answer: string;
    };
    /** @description How an answer would be marked; nothing is stored */
    TriedAnswer: {
      parts: {
        key: string;
        title: string | null;
        /** @description What was found for it; null for nothing */
        text: string | null;
        proposal: components['schemas']['ProposedMark'];
        /** @description The network would be run besides, which a trial leaves out */
        unrun: boolean;
      }[];
    };
    ProposedMark: {
      part: string;
      /** @enum {string} */
      kind: 'essay' | 'numeric' | 'critique' | 'code' | 'choice';
      /** @enum {string} */
      outcome: 'proposed' | 'needs-person' | 'absent';
      marks: string | null;
      /** @description Marks as a decimal string, such as "7.5" */
      available: string;
      doubt: number;
      summary: string;
      items: components['schemas']['ItemProposal'][];
      evidence: components['schemas']['Evidence'][];
      derivation?: string;
    };
    ItemProposal: {
      item: string;
      says: string;
      /** @description Marks as a decimal string, such as "7.5" */
      available: string;
      proposed: string | null;
      /** @enum {string} */
      outcome: 'met' | 'partly' | 'not-met' | 'undecided';
      reason: string;
      evidence: components['schemas']['Evidence'][];
    };
    Evidence:
      | {
          /** @enum {string} */
          kind: 'equation';
          span: components['schemas']['Span'];
          /** @enum {string} */
          verdict: 'true' | 'false' | 'rounded' | 'not-understood';
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'quantity';
          span?: components['schemas']['Span'];
          asked: string;
          /** @enum {string} */
          verdict: 'correct' | 'follows' | 'method' | 'rounded' | 'wrong' | 'not-found';
          expected: string;
          found?: string;
          formula: string;
          latex?: string;
          convention?: string;
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'misconception';
          span: components['schemas']['Span'];
          explanations: string[];
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'mention';
          span: components['schemas']['Span'];
          item: string;
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'finding';
          check: string;
          /** @enum {string} */
          severity: 'error' | 'warning' | 'design' | 'remark';
          place?: {
            line: number;
            column?: number;
            endLine?: number;
            endColumn?: number;
          };
          span?: components['schemas']['Span'];
          says: string;
          why?: string;
          instead?: string;
          fix?: {
            what: string;
            line: number;
            column: number;
            endLine: number;
            endColumn: number;
            text: string;
          };
        }
      | {
          /** @enum {string} */
          kind: 'fact';
          says: string;
          place?: {
            line: number;
            column?: number;
            endLine?: number;
            endColumn?: number;
          };
          span?: components['schemas']['Span'];
        }
      | {
          /** @enum {string} */
          kind: 'execution';
          backend: string;
          device: string;
          seed: number;
          versions: {
            [key: string]: string;
          };
          losses?: number[];
          gradients?: {
            layer: string;
            size: number;
          }[];
          notes?: string[];
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'graph';
          steps: {
            operation: string;
            name?: string;
            from: number[];
            shapes: number[][];
            parameters?: number;
            line?: number;
            raises?: string;
          }[];
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'claim';
          span: components['schemas']['Span'];
          subject: string;
          /** @enum {string} */
          verdict: 'supported' | 'contradicted' | 'not-checkable';
          code?: {
            line: number;
            text: string;
          };
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'suggestion';
          item: string;
          /** @enum {string} */
          verdict: 'likely-covered' | 'unclear' | 'possible-conflict' | 'no-evidence-found';
          span?: components['schemas']['Span'];
          confidence?: number;
          scorer: string;
          says: string;
        }
      | {
          /** @enum {string} */
          kind: 'caution';
          span?: components['schemas']['Span'];
          says: string;
        };
    Span: {
      start: number;
      end: number;
    };
    /** @description The text of a document, as one handed in is read */
    TriedDocument: {
      /** @enum {string} */
      format: 'text' | 'markdown' | 'latex' | 'python' | 'notebook' | 'docx' | 'pdf' | 'png' | 'jpeg' | 'zip';
      text: string;
      /** @description What a person should know of how it was read, such as text read by machine */
      remarks: string[];
    };
    Accepted: {
      submission: string;
      receipt: components['schemas']['Receipt'];
    };
    /** @description Given once bytes and order are durable */
    Receipt: {
      code: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      receivedAt: string;
      sha256: string;
      size: number;
      /** @description To markers, the pseudonym in its place */
      fileName: string;
      attempt: number;
    };
    SubmissionSummary: {
      id: string;
      candidate: string;
      attempt: number;
      state: components['schemas']['SubmissionState'];
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      receivedAt: string;
      parts: components['schemas']['PartCounts'];
      /** @description Whether this attempt is the one that counts */
      counts: boolean;
      /** @description Whether it came after deadline and grace */
      late: boolean;
      /** @description To examiners alone */
      student?: components['schemas']['Student'];
    };
    Submission: {
      id: string;
      exam: string;
      candidate: string;
      state: components['schemas']['SubmissionState'];
      /** @description Why it failed, in words for people */
      stateReason: string | null;
      receipt: components['schemas']['Receipt'];
      /** @description When document and texts were erased */
      erasedAt: string | null;
      /** @description Of the uploaded file, by its content */
      mediaType: string;
      split: components['schemas']['Split'] | null;
    };
    /** @description Places are in the document as read */
    Split: {
      answers: {
        part: string;
        level: components['schemas']['Level'];
        confidence: number;
        pieces: components['schemas']['Span'][];
        reasons: components['schemas']['Remark'][];
      }[];
      /** @description Parts with neither heading nor text */
      missing: string[];
      /** @description Parts with a heading and nothing below it */
      blank: string[];
      unassigned: components['schemas']['Remark'][];
      notes: components['schemas']['Remark'][];
      /** @description Names the text that places are in; send it back with a cut */
      document: string;
      /** @description The last word of a person on how the document is cut */
      confirmed: {
        number: number;
        /** @enum {string} */
        by: 'student' | 'marker';
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
        changed: string[];
      } | null;
      /** @description Whether you may say now how it is cut */
      yours: boolean;
      /** @description To students: until when they may */
      until: string | null;
    };
    /** @enum {string} */
    Level: 'sure' | 'likely' | 'unsure';
    Remark: {
      span?: components['schemas']['Span'];
      says: string;
    };
    NewCut: {
      document: string;
      /** @description The number of the last word that you saw; 0 for none */
      after: number;
      /** @description In the order of the document; what is in none belongs to no answer */
      pieces: {
        part: string;
        start: number;
        end: number;
      }[];
      reason?: string;
    };
    Cohort: {
      /** Format: uuid */
      id: string;
      fileName: string;
      size: number;
      sha256: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      arrivedAt: string;
      /**
       * Format: date-time
       * @description When the archive is removed; what was taken from it stays
       */
      expiresAt: string;
      /** @enum {string} */
      layout: 'moodle' | 'gradescope' | 'canvas';
      rows: components['schemas']['CohortRow'][];
      /** @description Files that belong to nobody */
      leftOver: string[];
    };
    CohortRow: {
      key: string;
      says: {
        name: string | null;
        email: string | null;
        number: string | null;
        /** @description The platform’s own; compared with nothing */
        platformId: string | null;
      };
      files: string[];
      file: components['schemas']['CohortFile'];
      whose: components['schemas']['Whose'];
      /** @description Of the student known, for this exam */
      attempts: number;
      /** @description The attempt that has these very bytes */
      already: number | null;
      /** @description By the platform, where it says so */
      submittedAt: string | null;
      /** @description Whether the platform calls it late */
      calledLate: boolean;
      /** @description Whether it would be late by either time; null where nobody is known */
      late: {
        recorded: boolean;
        arrival: boolean;
      } | null;
    };
    /** @description What would be handed in: one file, or several as one archive */
    CohortFile:
      | {
          /** @enum {string} */
          kind: 'ready';
          fileName: string;
          size: number;
          sha256: string;
          mediaType: string;
        }
      | {
          /** @enum {string} */
          kind: 'refused';
          message: string;
        };
    /** @description Where it is not known for sure, you are asked; nothing is guessed */
    Whose:
      | {
          /** @enum {string} */
          kind: 'known';
          student: components['schemas']['Student'];
          /** @enum {string} */
          by: 'email' | 'number' | 'name';
        }
      | {
          /** @enum {string} */
          kind: 'asked';
          /** @enum {string} */
          why: 'unknown' | 'ambiguous' | 'contradicts' | 'similar' | 'twice';
          candidates: components['schemas']['Student'][];
        };
    TakeCohort: {
      /**
       * @description Which time goes onto the receipts: the platform’s where it says one, or that of the archive’s arrival
       * @enum {string}
       */
      time: 'recorded' | 'arrival';
      /** @description Which rows to hand in, and for whom; what is not named is left out */
      take: {
        key: string;
        student: string;
      }[];
    };
    CohortTaken: {
      rows: {
        key: string;
        student: string;
        outcome:
          | {
              /** @enum {string} */
              kind: 'received';
              /** Format: uuid */
              submission: string;
              attempt: number;
              code: string;
              /**
               * Format: date-time
               * @description ISO 8601 in UTC
               */
              receivedAt: string;
            }
          | {
              /** @enum {string} */
              kind: 'already';
              attempt: number;
            }
          | {
              /** @enum {string} */
              kind: 'refused';
              message: string;
            };
      }[];
    };
    QueueEntry: {
      answer: string;
      candidate: string;
      part: string;
      kind: components['schemas']['PartKind'];
      outcome: components['schemas']['PartState'];
      /** @description Whether the machine's proposal is kept back until a person has decided */
      hidden: boolean;
      /** @description Somebody else has marked it; you do too, without seeing that mark */
      second: boolean;
      doubt: number;
      proposed: string | null;
      /** @description The mark that stands, where this person may know it; null where there is none */
      marks: string | null;
      available: components['schemas']['Decimal'];
      state: components['schemas']['PartState'];
      /** @description The colleague who has it on their desk; null when nobody else has */
      heldBy: string | null;
    };
    /**
     * @description absent: no answer was given; pending: work goes on; failed: a fault of ours, never a mark; proposed: the machine has proposed; needs-person: the machine does not know; marked: a person decided; excused: the student is excused from it, and it does not count
     * @enum {string}
     */
    PartState: 'absent' | 'pending' | 'failed' | 'proposed' | 'needs-person' | 'marked' | 'excused';
    AnswerForMarking: {
      id: string;
      exam: string;
      candidate: string;
      submission: string;
      /** @description The mark that stands was given to another text: look again */
      changedSinceMarked: boolean;
      part: {
        key: string;
        kind: components['schemas']['PartKind'];
        title: string | null;
        questionPrompt: string | null;
        prompt: string;
        code: string | null;
        /** @description The options of a choice, and which of them are right; null for other parts */
        choices:
          | {
              id: string;
              says: string;
              right: boolean;
            }[]
          | null;
        marks: components['schemas']['Decimal'];
        /** @description What its bank of comments goes by */
        question: string;
        /** @description What the items never come to less than */
        floor: components['schemas']['Decimal'];
        /** @description What the items never come to more than */
        cap: components['schemas']['Decimal'];
        rubric: {
          item: string;
          says: string;
          /** @description What it gives or, where negative, takes */
          marks: components['schemas']['SignedDecimal'];
          least: components['schemas']['SignedDecimal'];
          most: components['schemas']['SignedDecimal'];
          feedback: string | null;
          /** @description For markers alone; no student reads it */
          note: string | null;
          /** @description Never proposed by the machine */
          adjustment: boolean;
        }[];
      };
      /** @enum {string} */
      state: 'absent' | 'pending' | 'failed' | 'proposed' | 'needs-person' | 'marked' | 'excused';
      /** @description Pending, and its network is run before it is marked */
      awaitsRun: boolean;
      text: string;
      split: {
        level: components['schemas']['Level'];
        confidence: number;
        reasons: components['schemas']['Remark'][];
      };
      /** @description Whether the machine's proposal is kept back until a person has decided */
      hidden: boolean;
      /** @description Of an answer that two people mark; null for all others */
      secondMarking: ('yours' | 'awaited' | 'in-moderation' | 'settled') | null;
      /** @description What the second marker gave; null while one is awaited */
      second: components['schemas']['Mark'] | null;
      proposal: components['schemas']['ProposedMark'] | null;
      /** @description Send it back as `proposal` when confirming */
      proposalId: string | null;
      /** @description What markers have said of the suggestions in this proposal */
      suggestions: components['schemas']['SuggestionDecision'][];
      /** @description The mark that stands; null before one, and once it was taken back */
      current: components['schemas']['Mark'] | null;
      /** @description Send it back as `expectedCurrent` when you set a mark: the mark that stands, or what took back the one that stood */
      expectedCurrent: string | null;
      history: components['schemas']['Mark'][];
    };
    /** @description A decimal string that may be negative, such as "-0.5" */
    SignedDecimal: string;
    /** @description A person's mark */
    Mark: {
      id: string;
      marks: components['schemas']['Decimal'];
      /** @enum {string} */
      origin: 'confirmed' | 'changed' | 'set';
      reason: string;
      /** @description Name of the marker */
      by: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      at: string;
      items: components['schemas']['ItemMarks'][];
      /** @description Who took it back, when and why; null for a mark that was not */
      takenBack: {
        by: string;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
        reason: string;
      } | null;
    };
    ItemMarks: {
      item: string;
      marks: components['schemas']['SignedDecimal'];
      /** @description What the student reads here, in place of the scheme's own words */
      feedback?: string;
    };
    /** @description A marker's word on what is suggested for an item */
    SuggestionDecision: {
      item: string;
      accepted: boolean;
    };
    NewMark: {
      /** @enum {string} */
      action: 'confirm' | 'change';
      /** @description May be left out when items are given: their sum, at most the part */
      marks?: components['schemas']['Decimal'];
      items?: components['schemas']['ItemMarks'][];
      reason?: string;
      /** @description What the answer gave as `expectedCurrent`: the mark you were looking at, or null when it never had one. May be left out with If-Match */
      expectedCurrent?: string | null;
      /**
       * Format: uuid
       * @description The proposal you were looking at (`proposalId`)
       */
      proposal?: string;
    };
    MarkWithdrawal: {
      /** @description For colleagues and the trail */
      reason?: string;
    };
    /** @description On whose desk an answer lies */
    Desk: {
      yours: boolean;
      /** @description Name of whoever has the answer on their desk */
      heldBy: string;
      /**
       * Format: date-time
       * @description When it is free again, unless the hold is prolonged
       */
      until: string;
    };
    NewSuggestionDecision: {
      item: string;
      /** @description Whether the suggestion is right about this answer */
      accepted: boolean;
      /**
       * Format: uuid
       * @description The proposal you were looking at (`proposalId`)
       */
      proposal: string;
    };
    /** @description How often a scorer's suggestions for an item were accepted */
    ItemAcceptance: {
      part: string;
      item: string;
      says: string;
      scorer: string;
      /** @description Answers whose suggestion a marker has accepted or rejected */
      decided: number;
      accepted: number;
      /** @description Of those, the ones suggested as covered */
      coveredDecided: number;
      coveredAccepted: number;
      /** @description Rejected so often that nothing more is suggested */
      silent: boolean;
    };
    /** @description A sentence that says the same as one a marker accepted in another answer to the part */
    MarkedExample: {
      item: string;
      /** @description Of this answer: the sentence that says the same */
      span: {
        start: number;
        end: number;
      };
      /** @description The sentence of another answer that a marker accepted for the item */
      example: string;
      /** @description The other answer */
      answer: string;
      /** @description Who wrote it, by pseudonym */
      candidate: string;
    };
    /** @description Unmarked answers that are alike, as far as the evidence tells */
    AnswerGroup: {
      /** @description Names what its answers have in common */
      key: string;
      part: string;
      outcome: components['schemas']['PartState'];
      proposed: components['schemas']['Decimal'] | null;
      available: components['schemas']['Decimal'];
      /** @description What the machine makes of each of them */
      says: string;
      /** @description Of the first answer */
      evidence: components['schemas']['Evidence'][];
      answers: {
        answer: string;
        candidate: string;
        text: string;
        /** @description Send it back when deciding */
        proposal: string;
        /** @description Send it back as well: what took back the mark that it had; null where it had none */
        mark: string | null;
        heldBy: string | null;
      }[];
    };
    GroupDecision: {
      part: string;
      key: string;
      /** @description Those that a person has looked at and found alike */
      answers: {
        /** Format: uuid */
        answer: string;
        /** Format: uuid */
        proposal: string;
        /**
         * Format: uuid
         * @description What a decision before gave it, where this one is to take its place, or what took that back
         */
        mark?: string;
      }[];
      /** @enum {string} */
      action: 'confirm' | 'change';
      marks?: components['schemas']['Decimal'];
      items?: components['schemas']['ItemMarks'][];
      reason?: string;
    };
    GroupMarked: {
      marked: {
        answer: string;
        mark: string;
      }[];
      /** @description Answers that were left as they are */
      passed: {
        answer: string;
        why: string;
      }[];
    };
    GroupWithdrawal: {
      part: string;
      /** @description What the decision gave: each answer with its mark */
      answers: {
        /** Format: uuid */
        answer: string;
        /** Format: uuid */
        mark: string;
      }[];
      reason?: string;
    };
    GroupWithdrawn: {
      /** @description Answers that have no mark now */
      withdrawn: string[];
      /** @description Answers that were left as they are */
      passed: {
        answer: string;
        why: string;
      }[];
    };
    /** @description What answers to a part share with each other and with the question. It says nothing about how that came; a person reads both texts. */
    SharedPassages: {
      /** @description Answers that were compared */
      compared: number;
      /** @description Whether there are more answers or pairs than are told of */
      left: boolean;
      /** @description The question, and code that was given with it */
      given: string;
      /** @description Those with the longest row of words first */
      pairs: {
        one: {
          answer: string;
          /** @description By pseudonym */
          candidate: string;
          text: string;
        };
        other: {
          answer: string;
          /** @description By pseudonym */
          candidate: string;
          text: string;
        };
        passages: {
          /** @description Of the first answer */
          one: {
            start: number;
            end: number;
          };
          /** @description Of the second answer */
          other: {
            start: number;
            end: number;
          };
          /** @description Words of it that are the same in both */
          words: number;
          /** @description The most of them in a row */
          longest: number;
        }[];
        /** @description The most words in a row */
        longest: number;
        /** @description Words of all passages */
        words: number;
      }[];
      withQuestion: {
        answer: {
          answer: string;
          /** @description By pseudonym */
          candidate: string;
          text: string;
        };
        passages: {
          /** @description Of the answer */
          one: {
            start: number;
            end: number;
          };
          /** @description Of `given` */
          other: {
            start: number;
            end: number;
          };
          /** @description Words of it that are the same in both */
          words: number;
          /** @description The most of them in a row */
          longest: number;
        }[];
        /** @description The most words in a row */
        longest: number;
        /** @description Words of all passages */
        words: number;
      }[];
    };
    /** @description What a review of code looks for */
    Check: {
      id: string;
      /**
       * @description What it looks at; `running` for what only running shows
       * @enum {string}
       */
      group:
        'shapes' | 'losses' | 'training' | 'parameters' | 'data' | 'keras' | 'devices' | 'python' | 'running';
      /** @enum {string} */
      severity: 'error' | 'warning' | 'design' | 'remark';
      title: string;
    };
    CheckInFull: {
      id: string;
      /**
       * @description What it looks at; `running` for what only running shows
       * @enum {string}
       */
      group:
        'shapes' | 'losses' | 'training' | 'parameters' | 'data' | 'keras' | 'devices' | 'python' | 'running';
      /** @enum {string} */
      severity: 'error' | 'warning' | 'design' | 'remark';
      title: string;
      /** @description Why it matters */
      why: string;
      /** @description What to do instead */
      instead: string;
      /** @description What must be seen for it to speak */
      needs: string;
      /** @description Programs with the fault, its line marked by `# <--` */
      wrong: string[];
      /** @description Programs that are alike and have it not */
      right: string[];
    };
    /** @description What is said again and again of answers to a question */
    Comment: {
      id: string;
      question: string;
      text: string;
    };
    NewComment: {
      question: string;
      text: string;
    };
    /** @description A marker asks a colleague about an answer */
    Flag: {
      id: string;
      answer: string;
      candidate: string;
      part: string;
      /** @description Null while you are to mark the answer without knowing what others think */
      note: string | null;
      /** @description Name of who asks */
      by: string;
      /** @description Name of who was asked; null for any colleague */
      asked: string | null;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      at: string;
      /** @description Raised by you: you may take it back */
      yours: boolean;
      /** @description You were asked by name, or anybody is */
      forYou: boolean;
      mayAnswer: boolean;
      /** @description What came of it; null while it is open */
      reply: {
        /** @enum {string} */
        outcome: 'answered' | 'withdrawn';
        note: string | null;
        by: string;
        /** @description Whether a mark was set with it */
        marked: boolean;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
      } | null;
    };
    /** @description Somebody else who may mark */
    Colleague: {
      id: string;
      name: string;
    };
    NewFlag: {
      /** @description For colleagues alone; no student reads it */
      note: string;
      /**
       * @description Who is asked; null for whoever of the markers comes first
       * @default null
       */
      asked: string | null;
    };
    FlagAnswer: {
      note: string;
      /** @description A mark to be set with the reply; both or neither */
      mark?: components['schemas']['NewMark'];
    };
    FlagWithdrawal: {
      /** @default  */
      note: string;
    };
    /** @description One change of the scheme for all that was handed in; append-only */
    SchemeChange: {
      id: string;
      number: number;
      /**
       * @description undone: it undid the change `undoes`
       * @enum {string}
       */
      kind: 'applied' | 'undone';
      undoes: string | null;
      undoneBy: string | null;
      confirmed: components['schemas']['ConfirmedMarks'];
      submissions: number;
      /** @description Marks set on top of confirmed ones */
      marks: number;
      why: string;
      by: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      at: string;
    };
    /**
     * @description What becomes of marks that people confirmed as proposed: keep them, or let them follow what is proposed now. What people set otherwise always stays
     * @enum {string}
     */
    ConfirmedMarks: 'keep' | 'follow';
    SchemePreview: {
      /** @description Names what was looked at, for applying it */
      draft: string;
      title: string;
      stagedBy: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      stagedAt: string;
      /** @description Answers marked by the changed scheme so far */
      done: number;
      wanted: number;
      /** @description Parts whose scheme or question is another */
      parts: string[];
      summary: {
        papers: number;
        /** @description Papers whose total changes */
        changed: number;
        up: number;
        down: number;
        /** @description Papers that come to another grade */
        crossing: number;
        /** @description Answers whose proposal changes and whose mark stays a person's */
        kept: number;
        /** @description Answers that were proposed and would need a person */
        opening: number;
      };
      /** @description Papers of which anything changes, the largest difference first */
      papers: {
        submission: string;
        student: components['schemas']['Student'];
        before: components['schemas']['Decimal'];
        after: components['schemas']['Decimal'];
        difference: components['schemas']['SignedDecimal'];
        /** @description Whether every part has a mark or a proposal, before and after */
        complete: boolean;
        gradeBefore: string | null;
        gradeAfter: string | null;
        /** @description Those that are not the same */
        parts: {
          part: string;
          /** @enum {string} */
          fate: 'changes' | 'kept' | 'opens' | 'settles';
          before: components['schemas']['Decimal'] | null;
          after: components['schemas']['Decimal'] | null;
          /** @enum {string} */
          by: 'machine' | 'confirmed' | 'person';
        }[];
      }[];
    };
    PendingScheme: {
      /** @description Null when no changed version is up */
      preview: components['schemas']['SchemePreview'] | null;
    };
    NewSchemeChange: {
      /** Format: uuid */
      draft: string;
      /** @default keep */
      confirmed: components['schemas']['ConfirmedMarks'];
      why: string;
    };
    UndoSchemeChange: {
      why: string;
    };
    ReleaseRequest: {
      /** @description All, when left out */
      submissions?: string[];
    };
    ReleaseResult: {
      released: string[];
      held: {
        submission: string;
        /** @enum {string} */
        reason:
          | 'not-latest-attempt'
          | 'withheld'
          | 'planner-gone'
          | 'excused'
          | 'not-all-marked'
          | 'answer-changed'
          | 'moderation-open'
          | 'second-marking-open'
          | 'already-released';
        why: string;
      }[];
    };
    ReleasePlan: {
      /** @description Null where no release is planned */
      plan: {
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
        /** @description In which the time was said */
        zone: string;
        /**
         * @description held: its time has come, and it waits for what is in the way
         * @enum {string}
         */
        state: 'planned' | 'held';
        /** @description How many papers each thing stands in the way of */
        because: {
          /** @enum {string} */
          reason:
            | 'not-latest-attempt'
            | 'withheld'
            | 'planner-gone'
            | 'excused'
            | 'not-all-marked'
            | 'answer-changed'
            | 'moderation-open'
            | 'second-marking-open'
            | 'already-released';
          why: string;
          submissions: number;
        }[];
        /** @description Name of the examiner */
        by: string;
      } | null;
      /** @description How many papers each thing stands in the way of */
      inTheWay: {
        /** @enum {string} */
        reason:
          | 'not-latest-attempt'
          | 'withheld'
          | 'planner-gone'
          | 'excused'
          | 'not-all-marked'
          | 'answer-changed'
          | 'moderation-open'
          | 'second-marking-open'
          | 'already-released';
        why: string;
        submissions: number;
      }[];
      withheld: {
        student: components['schemas']['Student'];
        reason: string;
        /** @description Name of the examiner */
        by: string;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        since: string;
      }[];
    };
    NewReleasePlan: {
      /** Format: date-time */
      at: string;
      /** @description The IANA name of a time zone, such as Europe/Berlin */
      zone: string;
    };
    Withholding: {
      /** @description False lets the result go; the next release takes it along */
      withheld: boolean;
      /** @description Kept with your name; the student does not see it */
      reason: string;
    };
    /** @description What a student is excused from: it counts neither to their total nor to what that is out of */
    Excusal: {
      student: components['schemas']['Student'];
      /** @description Null for the whole exam */
      part: string | null;
      reason: string;
      /** @description Name of the examiner */
      by: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      since: string;
    };
    NewExcusal: {
      /** @description Null for the whole exam */
      part: string | null;
      /** @description False takes the excusal back; a mark that was given counts again */
      excused: boolean;
      /** @description Kept with your name; the student does not see it */
      reason: string;
    };
    Report: {
      state: components['schemas']['SubmissionState'];
      total: {
        /** @description For the work: the sum of the parts that are marked */
        marks: components['schemas']['Decimal'];
        /** @description Those less what lateness takes off */
        counts: components['schemas']['Decimal'];
        /** @description Of the parts that the student is not excused from */
        available: components['schemas']['Decimal'];
        /** @description Whether every part that counts is marked */
        complete: boolean;
      };
      /** @description Null when the work came on time */
      late: components['schemas']['LateWork'] | null;
      parts: {
        key: string;
        title: string | null;
        state: components['schemas']['PartState'];
        marks: components['schemas']['Decimal'] | null;
        available: components['schemas']['Decimal'];
        reason: string | null;
        items: {
          item: string;
          says: string;
          available: components['schemas']['SignedDecimal'];
          marks: components['schemas']['SignedDecimal'] | null;
          reason: string | null;
          /** @description What is said where the item was applied */
          feedback: string | null;
        }[];
        evidence: components['schemas']['Evidence'][];
        /** @description A model answer in Markdown with LaTeX, where the mark rests on it */
        derivation: string | null;
        text: string;
        /** @description The options of a choice, and which of them are right; null for other parts */
        choices:
          | {
              id: string;
              says: string;
              right: boolean;
            }[]
          | null;
      }[];
    };
    LateWork: {
      /** @description After the deadline */
      seconds: number;
      /** @description What is taken off the marks for the work; null until every part is marked */
      deduction: components['schemas']['Decimal'] | null;
      /** @description The same in words */
      says: string;
    };
    GradeFormatName: {
      /** @enum {string} */
      format: 'json' | 'csv' | 'xlsx' | 'canvas' | 'moodle' | 'blackboard';
      /** @description What to choose it by */
      title: string;
    };
    /** @description What a file of grades would change */
    GradeImport: {
      /** @description Of all marks there are now; for If-Match when it is applied */
      version: string;
      /** @description What kind of file it is, as an examiner knows it */
      layout: string;
      changes: {
        /** @description Of the file, its headings being row 1 */
        row: number;
        student: string;
        part: string;
        before: components['schemas']['Decimal'] | null;
        after: components['schemas']['Decimal'];
        /** @description The mark was changed since the file was exported; it is set only where asked for */
        conflict: boolean;
      }[];
      /** @description Totals of a gradebook that are others here and of which no mark is made: no total says what its parts are */
      totals: {
        row: number;
        student: string;
        before: components['schemas']['Decimal'] | null;
        /** @description As the file has it */
        after: string;
      }[];
      /** @description Rows that say what is so already */
      unchanged: number;
      /** @description Rows that nothing can be done with, and why */
      passedOver: {
        row: number;
        says: string;
      }[];
    };
    GradesImported: {
      /** @description Marks that were set */
      set: number;
    };
    SecondLooks: {
      /** @description Until when one may ask about what is released now; null when one may not. What a second look changed begins no time anew */
      until: string | null;
      requests: components['schemas']['ReviewRequest'][];
    };
    /** @description A student asks for a second look */
    ReviewRequest: {
      id: string;
      submission: string;
      answer: string;
      candidate: string;
      part: string;
      /** @description Of the scheme; null for the part as a whole */
      item: string | null;
      reason: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      askedAt: string;
      /** @description What came of it; null while it is open */
      answered: {
        /** @enum {string} */
        outcome: 'kept' | 'changed';
        reason: string;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
      } | null;
    };
    NewReviewRequest: {
      part: string;
      item?: string;
      reason: string;
    };
    ReviewAnswer:
      | {
          /** @enum {string} */
          outcome: 'kept';
          reason: string;
        }
      | {
          /** @enum {string} */
          outcome: 'changed';
          reason: string;
          /** @description May be left out when items are given: their sum, at most the part */
          marks?: components['schemas']['Decimal'];
          /** @description What the marks are for, as where a mark is set; the student reads it */
          items?: components['schemas']['ItemMarks'][];
          /** @description As where a mark is set. May be left out with If-Match */
          expectedCurrent?: string | null;
        };
    /** @description A JSON Web Key Set */
    ToolKeys: {
      keys: {
        [key: string]: string;
      }[];
    };
    PlatformLoginRequest: {
      iss: string;
      login_hint: string;
      target_link_uri?: string;
      lti_message_hint?: string;
      client_id?: string;
    };
    PlatformLaunch: {
      /** @default  */
      state: string;
      id_token?: string;
      error?: string;
    };
    LearningPlatforms: {
      platforms: components['schemas']['LearningPlatform'][];
      /** @description What the platform asks of a tool */
      tool: {
        loginUrl: string;
        launchUrl: string;
        keysUrl: string;
      };
    };
    LearningPlatform: {
      /** Format: uuid */
      id: string;
      name: string;
      issuer: string;
      clientId: string;
      authorizationUrl: string;
      tokenUrl: string;
      keysUrl: string;
      trustsEmail: boolean;
    };
    NewLearningPlatform: {
      /** @description What people call it */
      name: string;
      /** @description As the platform signs itself (iss) */
      issuer: string;
      /** @description What the platform calls this server */
      clientId: string;
      /** Format: uri */
      authorizationUrl: string;
      /** Format: uri */
      tokenUrl: string;
      /** Format: uri */
      keysUrl: string;
      /**
       * @description Whether the account of a student is found by the e-mail address that the platform tells. Only where students cannot change it there
       * @default false
       */
      trustsEmail: boolean;
    };
    /** @description A place in a course of a learning platform */
    Course: {
      /** Format: uuid */
      link: string;
      platform: string;
      course: string;
      title: string;
      /** @description Null until somebody has chosen */
      exam: string | null;
      takesGrades: boolean;
      tellsRoster: boolean;
    };
    CourseExamChoice: {
      exam: string;
    };
    CourseGrades: {
      /** Format: uuid */
      link: string;
      platform: string;
      course: string;
      title: string;
      /** @description Null until somebody has chosen */
      exam: string | null;
      takesGrades: boolean;
      tellsRoster: boolean;
      grades: {
        sent: number;
        toSend: number;
        failed: number;
        /** @description Released to people whom the platform does not know */
        unknownThere: number;
      };
      /** @description Of one of those that failed */
      fault: string | null;
    };
    /** @description Who takes the course, beside the accounts here */
    CourseRoster: {
      new: {
        name: string;
        email: string;
      }[];
      known: number;
      teachers: number;
      notTaken: {
        name: string;
        why: string;
      }[];
    };
    /** @description Whom a visit has brought, before their account is known */
    PlatformConnection: {
      platform: string;
      person: string | null;
    };
    PlatformConnected: {
      to: string;
    };
    /** @description How the parts of an exam did as questions */
    ItemAnalysis: {
      /** @description Papers with a mark for each part, which the whole rests on */
      papers: number;
      available: number;
      mean: number | null;
      standardDeviation: number | null;
      /** @description In marks; null of none */
      range: {
        lowest: number;
        median: number;
        highest: number;
      } | null;
      /** @description Cronbach's alpha; null below ten papers */
      reliability: number | null;
      /** @description How far a total may be off by chance, in marks */
      standardError: number | null;
      /** @description Papers in each tenth of what is available, from nothing to all */
      distribution: number[];
      /** @description Who has marked how much of what counts, most first */
      markers: {
        name: string;
        /** @description Answers whose latest mark is theirs */
        answers: number;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        lastAt: string;
      }[];
      parts: {
        part: string;
        title: string;
        available: number;
        marked: number;
        mean: number | null;
        standardDeviation: number | null;
        /** @description In marks; null of none */
        range: {
          lowest: number;
          median: number;
          highest: number;
        } | null;
        /** @description Mean over what is available: near 1 is easy */
        facility: number | null;
        /** @description Correlation with the rest of the paper; null below ten papers */
        discrimination: number | null;
        /** @description Papers in each tenth of what is available, from nothing to all */
        distribution: number[];
        /** @description What was found most often in answers to this part */
        frequent: {
          /** @enum {string} */
          kind: 'misconception' | 'finding';
          says: string;
          answers: number;
        }[];
        /** @description What people did with the machine's proposals; null where there were none */
        machine: {
          decided: number;
          confirmed: number;
          /** @description Between mark and proposal, in marks */
          meanDifference: number;
        } | null;
        /** @description How far first and second markers agree; null where the part is not marked twice */
        markers: components['schemas']['AgreementFigures'] | null;
      }[];
    };
    AgreementFigures: {
      /** @description Answers that both have marked, each without the other */
      pairs: number;
      /** @description Share with the same marks; null below `enough` pairs, like all figures */
      exact: number | null;
      withinOneStep: number | null;
      /** @description In marks; above zero the first named is the more generous */
      meanDifference: number | null;
      /** @description Quadratic weighted kappa, of single parts alone; null also where all marks are the same */
      kappa: number | null;
    };
    /** @description How far those who mark agree */
    MarkingAgreement: {
      /** @description From how many pairs on there are figures */
      enough: number;
      /** @description In which steps marks are given */
      step: components['schemas']['Decimal'];
      /** @description The machine against the people who marked without seeing its proposal */
      machine: {
        /** @description Of the answers, whose proposal is kept back */
        share: number;
        /** @description Answers of the sample on which nobody has decided yet */
        waiting: number;
        /** @description Decided on where the machine did not know: in no figure */
        unknown: number;
        overall: components['schemas']['AgreementFigures'];
        parts: {
          /** @description Answers that both have marked, each without the other */
          pairs: number;
          /** @description Share with the same marks; null below `enough` pairs, like all figures */
          exact: number | null;
          withinOneStep: number | null;
          /** @description In marks; above zero the first named is the more generous */
          meanDifference: number | null;
          /** @description Quadratic weighted kappa, of single parts alone; null also where all marks are the same */
          kappa: number | null;
          part: string;
          title: string;
        }[];
      };
      /** @description First markers against second ones, who did not see the first mark */
      markers: {
        overall: components['schemas']['AgreementFigures'];
        parts: {
          /** @description Answers that both have marked, each without the other */
          pairs: number;
          /** @description Share with the same marks; null below `enough` pairs, like all figures */
          exact: number | null;
          withinOneStep: number | null;
          /** @description In marks; above zero the first named is the more generous */
          meanDifference: number | null;
          /** @description Quadratic weighted kappa, of single parts alone; null also where all marks are the same */
          kappa: number | null;
          part: string;
          title: string;
        }[];
      };
    };
    /** @description Two marks of one answer that are too far apart */
    ModerationCase: {
      answer: string;
      candidate: string;
      part: string;
      title: string;
      available: components['schemas']['Decimal'];
      /** @description By how many marks the two might have differed */
      tolerance: components['schemas']['Decimal'];
      text: string;
      first: components['schemas']['Mark'];
      second: components['schemas']['Mark'];
      /** @description The mark that stands; send it back as `expectedCurrent` */
      current: string;
      /** @description Whether you may: you have given neither of the two, or examine and nobody else could */
      mayDecide: boolean;
      /** @description Whether one of the two marks is yours */
      yours: boolean;
      /** @description Null while nobody has decided */
      decided: {
        /** @enum {string} */
        outcome: 'agreed' | 'first' | 'second' | 'other';
        marks: components['schemas']['Decimal'];
        reason: string;
        /** @description What the student reads with another mark; null where one of the two stands, with its own words */
        feedback: string | null;
        by: string;
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
      } | null;
    };
    NewModeration:
      | {
          /** @enum {string} */
          outcome: 'first';
          /**
           * Format: uuid
           * @description The second mark you were looking at (its `id`)
           */
          second: string;
          /**
           * Format: uuid
           * @description The mark that stood when you looked (`current`). May be left out with If-Match
           */
          expectedCurrent?: string;
          /** @description Why it is decided so; for those who mark */
          reason: string;
        }
      | {
          /** @enum {string} */
          outcome: 'second';
          /**
           * Format: uuid
           * @description The second mark you were looking at (its `id`)
           */
          second: string;
          /**
           * Format: uuid
           * @description The mark that stood when you looked (`current`). May be left out with If-Match
           */
          expectedCurrent?: string;
          /** @description Why it is decided so; for those who mark */
          reason: string;
        }
      | {
          /** @enum {string} */
          outcome: 'other';
          /**
           * Format: uuid
           * @description The second mark you were looking at (its `id`)
           */
          second: string;
          /**
           * Format: uuid
           * @description The mark that stood when you looked (`current`). May be left out with If-Match
           */
          expectedCurrent?: string;
          /** @description Why it is decided so; for those who mark */
          reason: string;
          /** @description May be left out when items are given: their sum */
          marks?: components['schemas']['Decimal'];
          items?: components['schemas']['ItemMarks'][];
          /**
           * @description What the student is to read
           * @default
           */
          feedback: string;
        };
    /** @description Marks of each marker that somebody else gives too */
    ModerationSample: {
      /** Format: uuid */
      id: string;
      number: number;
      /** @description Of each marker's answers: a number, or a share such as 10% */
      size: string;
      seed: string;
      tolerance: components['schemas']['Decimal'];
      by: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      at: string;
      markers: {
        /** @description In the sample */
        answers: number;
        /** @description Of those, what nobody else will mark any more: the mark was taken back or changed before, or its answer no longer counts */
        dropped: number;
        /** @description Marked by somebody else too, who did not see the mark */
        done: number;
        /** @description Of those, with the same marks */
        same: number;
        withinTolerance: number;
        /** @description In marks; above zero the marker is the more generous. Null until something is done */
        meanDifference: number | null;
        marker: {
          id: string;
          name: string;
        };
        /** @description These are your own marks, which somebody else judges */
        yours: boolean;
        parts: {
          /** @description In the sample */
          answers: number;
          /** @description Of those, what nobody else will mark any more: the mark was taken back or changed before, or its answer no longer counts */
          dropped: number;
          /** @description Marked by somebody else too, who did not see the mark */
          done: number;
          /** @description Of those, with the same marks */
          same: number;
          withinTolerance: number;
          /** @description In marks; above zero the marker is the more generous. Null until something is done */
          meanDifference: number | null;
          part: string;
          title: string;
          /** @description Quadratic weighted kappa; null below thirty answers, and where all marks are the same */
          kappa: number | null;
          /** @description Null while nobody has decided */
          decided: {
            /** @enum {string} */
            outcome: 'accepted' | 're-marked';
            reason: string;
            /** @description How many more answers somebody else marks for it */
            answers: number;
            by: string;
            /**
             * Format: date-time
             * @description ISO 8601 in UTC
             */
            at: string;
          } | null;
        }[];
      }[];
    };
    NewModerationSample: {
      /** @description Of each marker's answers: a number such as 10, or a share such as 10% */
      size: string;
      /**
       * @description Two marks that differ by no more stand as the first; others wait for moderation
       * @default 0
       */
      tolerance: components['schemas']['Decimal'];
      /** @description The same seed over the same marks is the same sample */
      seed?: string;
    };
    SampleDecision: {
      marker: string;
      part: string;
      /**
       * @description re-marked: somebody else marks all answers to the part that this marker has marked
       * @enum {string}
       */
      outcome: 'accepted' | 're-marked';
      reason: string;
    };
    /** @description A submission whose marking ended in a fault of the system; it has no mark for it */
    Fault: {
      submission: string;
      candidate: string;
      attempt: number;
      /** @description What happened, in words for people */
      why: string;
      /**
       * Format: date-time
       * @description ISO 8601 in UTC
       */
      since: string;
      /** @description False where no marker sees anything of the document */
      split: boolean;
      /** @description What failed and has no mark; empty where the document was not split */
      parts: {
        part: string;
        cause: string | null;
      }[];
      /** @description Ordered again last; it has failed once more since */
      orderedAgain: {
        /**
         * Format: date-time
         * @description ISO 8601 in UTC
         */
        at: string;
        by: string | null;
      } | null;
    };
    RunAgain: {
      ordered: number;
    };
    Device: {
      backend: string | null;
      device: string;
      /** @enum {string} */
      kind: 'gpu' | 'cpu' | 'none';
      /** @description Versions of what runs, and what was passed over and why */
      detail: string;
    };
    DemonstrationAccounts: {
      accounts: {
        role: components['schemas']['Role'];
        email: string;
        password: string;
      }[];
    };
    Live: {
      /** @enum {string} */
      status: 'live';
    };
    Ready: {
      /** @enum {string} */
      status: 'ready';
      /**
       * @description Submissions are taken either way
       * @enum {string}
       */
      queue: 'open' | 'opening';
    };
    ProblemDetails: {
      type: string;
      title: string;
      status: number;
      detail: string;
      requestId: string;
      errors?: {
        line?: number;
        column?: number;
        path?: string;
        message: string;
        expected?: string;
      }[];
    } & {
      [key: string]: unknown;
    };
    GradeReport: {
      exam: {
        id: string;
        title: string;
      };
      rows: {
        student: components['schemas']['Student'];
        /** @description The attempt that counts; null when nothing was handed in */
        submission: {
          id: string;
          attempt: number;
          /**
           * Format: date-time
           * @description ISO 8601 in UTC
           */
          receivedAt: string;
          receipt: string;
          /** @enum {string} */
          state: 'received' | 'splitting' | 'marking' | 'ready' | 'needs-person' | 'failed';
          examVersion: number;
        } | null;
        /** @enum {string} */
        state:
          'absent' | 'excused' | 'pending' | 'failed' | 'needs-person' | 'proposed' | 'marked' | 'released';
        /** @description The sum of the parts; null unless every part that counts is marked */
        work: components['schemas']['Decimal'] | null;
        /** @description Null when the work came on time */
        late: components['schemas']['LateWork'] | null;
        /** @description What counts: the work less what lateness takes off; null unless every part that counts is marked */
        total: components['schemas']['Decimal'] | null;
        /** @description Of the parts that the student is not excused from; of all where that is none */
        available: components['schemas']['Decimal'];
        parts: {
          key: string;
          title: string;
          /** @enum {string} */
          state:
            'absent' | 'excused' | 'pending' | 'failed' | 'needs-person' | 'proposed' | 'marked' | 'released';
          marks: components['schemas']['Decimal'] | null;
          /** @description Which mark of the answer the latest is: 1 for the first; null without one */
          markNumber: number | null;
          proposed: components['schemas']['Decimal'] | null;
          available: components['schemas']['Decimal'];
        }[];
      }[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
